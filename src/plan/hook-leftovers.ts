import type { ContainerSummary } from '../engine/container-api.ts';
import { label } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { Operation, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Containers of hooks that an earlier run left: nobody needs them any more, and each goes at most once. */
export interface HookLeftovers {
	/** The steps that remove those that are in the way. */
	remove(
		isInTheWay: (container: ContainerSummary) => boolean,
		after?: readonly (StepId | undefined)[],
	): readonly StepId[];
}

export function hookLeftovers(
	plan: PlanBuilder,
	{ hookContainers = [] }: Pick<ObservedState, 'hookContainers'>,
): HookLeftovers {
	const removals = new Map<string, StepId>();
	const remove = (container: ContainerSummary, after: readonly (StepId | undefined)[]): StepId => {
		const { id } = container;
		const step = removals.get(id) ?? plan.add(removalOf(container), 'an earlier run left it', { after });
		removals.set(id, step);
		return step;
	};
	return { remove: (isInTheWay, after = []) => hookContainers.filter(isInTheWay).map((one) => remove(one, after)) };
}

/** Takes a hook's container away, with all it made for itself. */
export const removalOf = ({ name, id, labels }: ContainerSummary): Operation => ({
	type: 'container.remove',
	service: labels[label.service] ?? '',
	container: { name, id },
	force: true,
	volumes: true,
});
