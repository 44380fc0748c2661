import { handOn, type NamesContext } from './hand-on-names.ts';
import type { StepId } from './plan.ts';
import type { ServiceRequest } from './plan-start.ts';
import type { ServiceDecision } from './service-decision.ts';
import type { UpContext } from './up-context.ts';

/** A container that goes, under the name it had. */
export interface Removal {
	readonly name: string;
	readonly stopped: StepId | undefined;
	readonly removed: StepId;
}

/** Steps after which nothing else of this project has the name. */
export const freed = (
	name: string,
	surplus: readonly Removal[],
	context: Pick<UpContext, 'ready'> & NamesContext,
): readonly (StepId | undefined)[] => [
	...surplus.filter((removal) => removal.name === name).map(({ removed }) => removed),
	context.ready.orphans.get(name),
	handOn(name, context),
];

/**
 * Removes what is too many. A leftover may be what serves until the container that stays can start; one that is replaced
 * goes as every replaced one does, once the other has started.
 */
export function planSurplus(
	service: string,
	{ surplus }: ServiceDecision,
	{ conditions, context: { plan, stops } }: Pick<ServiceRequest, 'conditions' | 'context'>,
): readonly Removal[] {
	const leaving = surplus.filter(({ replacedBy }) => replacedBy === undefined);
	return leaving.map(({ container, reason, isLeftover }) => {
		const stopped = stops.ensure(container, reason, isLeftover ? conditions : []);
		const { name, id } = container;
		const removed = plan.add(
			{ type: 'container.remove', service, container: { name, id }, force: true, volumes: false },
			reason,
			{ after: [stopped] },
		);
		return { name, stopped, removed };
	});
}
