import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { sharedServices } from './share-containers.ts';
import { observedIdOf } from './shared-reference.ts';
import { isActive } from './stops.ts';

/**
 * Containers that run in a namespace of `container`. They hold the one it had when they started: once it starts again
 * theirs is dead, and they have to start again too.
 */
export function runningSharersOf(
	{ id, service: name }: ObservedContainer,
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
): readonly ObservedContainer[] {
	if (observedIdOf(name, containers) !== id) return [];
	const sharers = new Set([...services].filter(([, service]) => sharesNamespace(service, name)).map(([each]) => each));
	return containers.filter((one) => sharers.has(one.service) && !one.oneOff && isActive(one));
}

const sharesNamespace = (service: Service, name: string): boolean =>
	sharedServices(service).some((shared) => shared.name === name && shared.attribute !== 'volumes_from');

export const sharerReason = ({ name }: ObservedContainer): string =>
	`shares a namespace of ${name}, which starts again`;

/** Adds the restart of a sharer that the plan is not about; undefined where the other one is not started. */
export function addSharerRestart(
	{ name, id, service }: ObservedContainer,
	shared: ObservedContainer,
	{ plan, started }: { readonly plan: PlanBuilder; readonly started: StepId | undefined },
): StepId | undefined {
	if (started === undefined) return undefined;
	const operation = { type: 'container.restart', service, container: { name, id } } as const;
	return plan.add(operation, sharerReason(shared), { after: [started] });
}
