import type { Step } from '../plan/plan.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { logSource } from './log-containers.ts';

/** Containers that will be there after the plan, of the services whose output is shown, as log prefixes name them. */
export function attachedNames(
	containers: readonly ObservedContainer[],
	steps: readonly Step[],
	isShown: (service: string) => boolean,
): readonly string[] {
	const sources = new Map(containers.filter(({ oneOff }) => !oneOff).map((container) => [container.id, container]));
	for (const { operation } of steps) {
		if (operation.type === 'container.remove' && 'id' in operation.container) sources.delete(operation.container.id);
	}
	const made = steps.flatMap((step) => madeBy(step, steps));
	const shown = [...sources.values(), ...made].filter(({ service }) => isShown(service));
	return shown.map((container) => logSource(container).name).sort();
}

type Named = Pick<ObservedContainer, 'name' | 'service' | 'number' | 'labels'>;

function madeBy({ id, operation }: Step, steps: readonly Step[]): readonly Named[] {
	if (operation.type !== 'container.create') return [];
	const { service, spec } = operation;
	const number = Number(spec.labels[label.number]);
	return [{ name: finalName(id, steps) ?? spec.name, service, number, labels: spec.labels }];
}

function finalName(id: number, steps: readonly Step[]): string | undefined {
	for (const { operation } of steps) {
		if (operation.type !== 'container.rename' || !('createdBy' in operation.container)) continue;
		if (operation.container.createdBy === id) return operation.to;
	}
	return undefined;
}
