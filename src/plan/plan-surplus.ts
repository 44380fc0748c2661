import { asideName, handedOn, handOn, isOnlyRemoved, type NamesContext } from './hand-on-names.ts';
import type { StepId } from './plan.ts';
import type { ServiceRequest } from './plan-start.ts';
import type { ServiceDecision } from './service-decision.ts';

/** A container that goes, under the name it had. */
export interface Removal {
	readonly name: string;
	readonly stopped: StepId | undefined;
	readonly removed: StepId;
}

/** Steps after which nothing else of this project has the name. */
export function freed(name: string, surplus: readonly Removal[], context: NamesContext): readonly StepId[] {
	const own = surplus.find((removal) => removal.name === name)?.removed;
	const step = own ?? context.ready.removed.get(name) ?? handOn(name, context);
	return step === undefined ? [] : [step];
}

/**
 * Removes what is too many. A leftover may be what serves until the container that stays can start; one that is replaced
 * goes as every replaced one does, once the other has started.
 */
export function planSurplus(
	service: string,
	{ surplus }: ServiceDecision,
	{ conditions, context }: Pick<ServiceRequest, 'conditions' | 'context'>,
): readonly Removal[] {
	const leaving = surplus.filter(({ replacedBy }) => replacedBy === undefined);
	return leaving.map(({ container, reason, isLeftover }) => {
		const { name, id } = container;
		const handed = handedOn(container, context);
		const stopped = context.stops.ensure(container, reason, isLeftover ? conditions : []);
		if (handed !== undefined && isOnlyRemoved(container, context)) return { name, stopped, removed: handed };
		const aside = handed === undefined ? undefined : asideName(container, context);
		const removed = context.plan.add(
			{ type: 'container.remove', service, container: { name: aside ?? name, id }, force: true, volumes: false },
			reason,
			{ after: [stopped, handed] },
		);
		if (handed === undefined) context.asides.set(id, removed);
		return { name, stopped, removed };
	});
}
