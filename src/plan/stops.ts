import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** What takes a container out of service: one stop for each, whoever asked for it first, and what follows it. */
export interface Stops {
	/** The step after which the container is out of service; a stop is added where it runs and there is none yet. */
	ensure(
		container: ObservedContainer,
		reasons: string | readonly string[],
		after?: readonly (StepId | undefined)[],
	): StepId | undefined;
	of(container: ObservedContainer): StepId | undefined;
	/** From now on, the container is out of service only after `step`. */
	extend(container: ObservedContainer, step: StepId): void;
}

export function stopsOf(plan: PlanBuilder, timeoutSeconds: number | undefined): Stops {
	const steps = new Map<string, StepId>();
	return {
		ensure(container, reasons, after = []) {
			const known = steps.get(container.id);
			if (known !== undefined || !isActive(container)) return known;
			const step = plan.add(
				{
					type: 'container.stop',
					service: container.service,
					container: { name: container.name, id: container.id },
					...(timeoutSeconds !== undefined && { timeoutSeconds }),
				},
				reasons,
				{ after },
			);
			steps.set(container.id, step);
			return step;
		},
		extend: (container, step) => steps.set(container.id, step),
		of: (container) => steps.get(container.id),
	};
}

/** Whether the container holds its ports and its name in the networks. */
export const isActive = ({ state }: ObservedContainer): boolean =>
	state === 'running' || state === 'restarting' || state === 'paused';
