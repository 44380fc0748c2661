import type { Claim, Holder, Waiting } from './holder.ts';
import { type GpuUnit, type Inventory, unitsOf } from './inventory.ts';
import { reachOf } from './reach.ts';

/** Ids of all that could serve who waits. */
export const waitingReach = ({ asks }: Pick<Waiting, 'asks'>, units: readonly GpuUnit[]): ReadonlySet<string> =>
	new Set(
		(asks === undefined ? units : asks.flatMap(({ wish }) => (wish.observes ? [] : reachOf(wish, units)))).map(
			({ id }) => id,
		),
	);

/**
 * The rule of the queue: whatever could serve somebody who waits is closed to everybody behind. So nobody is
 * overtaken, and a request for many can't be starved by small ones; requests that have no GPU in common don't meet.
 */
export const waitingClaims = (queue: readonly Waiting[], units: readonly GpuUnit[]): readonly Claim[] =>
	queue.flatMap((waiting) => {
		const { number, project, user, since } = waiting;
		const holder: Holder = { kind: 'ticket', name: `ticket ${number}`, project, user, since };
		return [...waitingReach(waiting, units)].map((unit) => ({ unit, holder, terms: { share: false } }));
	});

/** Those before `own` that it has to wait for. */
export function blockersOf<T extends Waiting>(own: Waiting, queue: readonly T[], inventory: Inventory): readonly T[] {
	const units = unitsOf(inventory);
	const reach = waitingReach(own, units);
	const meets = (other: Waiting): boolean => [...waitingReach(other, units)].some((id) => reach.has(id));
	return queue.filter((other) => other.number < own.number && meets(other));
}
