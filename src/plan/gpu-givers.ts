import type { Allotment, GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { claimedUnits, type GpuContainer } from '../gpu/holder.ts';
import { holdsNone } from '../gpu/wish.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/** By service: containers that are replaced or go, whose GPUs it gets. */
export type Givers = ReadonlyMap<string, readonly ObservedContainer[]>;

interface Place {
	readonly ask: GpuAsk;
	readonly need: { readonly name: string };
}

interface Known {
	readonly box: GpuBox;
	readonly containers: readonly ObservedContainer[];
	/** Ids of what the plan removes. */
	readonly leaving: readonly string[];
}

/** Who is replaced or goes keeps its GPUs until it is stopped: who gets them in its stead comes after that. */
export function giversOf(
	places: readonly Place[],
	granted: Allotment['granted'],
	{ box, containers, leaving }: Known,
): Givers {
	const replaced = new Set([...places.flatMap(({ ask }) => ask.replaces ?? []), ...leaving]);
	const holders = box.containers.filter(({ id, holds, wish }) => holds && replaced.has(id) && !holdsNone(wish));
	const givesTo = (holder: GpuContainer, ask: GpuAsk): boolean => {
		if (!isInTheWay(holder, ask)) return false;
		const held = new Set(claimedUnits(holder, box.inventory).map(({ id }) => id));
		return (granted.get(ask.key) ?? []).some(({ id }) => held.has(id));
	};
	const givers = (asks: readonly GpuAsk[]): readonly ObservedContainer[] => {
		const ids = new Set(holders.filter((holder) => asks.some((ask) => givesTo(holder, ask))).map(({ id }) => id));
		return containers.filter(({ id }) => ids.has(id));
	};
	const byService = Map.groupBy(places, ({ need }) => need.name);
	return new Map([...byService].map(([name, own]) => [name, givers(own.map(({ ask }) => ask))]));
}

/** Not its own container, whose exchange sees to that, nor one that has ended by then. */
const isInTheWay = ({ id, terms }: GpuContainer, ask: GpuAsk): boolean =>
	!ask.replaces?.includes(id) && !ask.outlasts?.has(id) && !ask.wish.observes && !(terms.share && ask.terms.share);
