import type { Claim, Holder, Waiting, WaitingAsk } from './holder.ts';
import { type GpuUnit, type Inventory, unitsOf } from './inventory.ts';
import { reachOf } from './reach.ts';

/** Ids of all that could serve who waits. */
export const waitingReach = ({ asks }: Pick<Waiting, 'asks'>, units: readonly GpuUnit[]): ReadonlySet<string> =>
	new Set(
		(asks === undefined ? units : asks.flatMap((ask) => (ask.wish.observes ? [] : usable(ask, units)))).map(
			({ id }) => id,
		),
	);

/** A GPU with less memory in all than is asked for serves nobody. */
const usable = ({ wish, terms: { memory = 0 } }: WaitingAsk, units: readonly GpuUnit[]): readonly GpuUnit[] =>
	reachOf(wish, units).filter((unit) => memory === 0 || (unit.memory ?? 0) >= memory);

/**
 * The rule of the queue: whatever could serve somebody who waits is closed to everybody behind, and nothing else is. So
 * nobody is overtaken and a request for many can't be starved by small ones; and no GPU stands idle for somebody who
 * could not use it.
 */
export const waitingClaims = (queue: readonly Waiting[], units: readonly GpuUnit[]): readonly Claim[] =>
	queue.flatMap((waiting) => {
		const { number, project, user, since } = waiting;
		const holder: Holder = { kind: 'ticket', name: `ticket ${number}`, project, user, since };
		return [...waitingReach(waiting, units)].map((unit) => ({ unit, holder, terms: { share: false } }));
	});

/** Those before `own` that want what it could take. */
export function blockersOf<T extends Waiting>(own: Waiting, queue: readonly T[], inventory: Inventory): readonly T[] {
	const units = unitsOf(inventory);
	const reach = waitingReach(own, units);
	const meets = (other: Waiting): boolean => [...waitingReach(other, units)].some((id) => reach.has(id));
	return queue.filter((other) => other.number < own.number && meets(other));
}
