import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** The stop steps of a plan, one for each container, whoever asked for it first. */
export interface Stops {
	/** The step that stops the container, added where there is none yet; undefined where the container does not run. */
	ensure(
		container: ObservedContainer,
		reasons: string | readonly string[],
		after?: readonly (StepId | undefined)[],
	): StepId | undefined;
	of(container: ObservedContainer): StepId | undefined;
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
		of: (container) => steps.get(container.id),
	};
}

/** Whether the container holds its ports and its name in the networks. */
export const isActive = ({ state }: ObservedContainer): boolean =>
	state === 'running' || state === 'restarting' || state === 'paused';
