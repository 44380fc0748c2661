import { type Claim, type ClaimsInput, claimsOf, type GpuTerms, type Holder, heldUnits } from './holder.ts';
import { type GpuUnit, resolveUnits, unitsOf } from './inventory.ts';
import { availableMemory } from './memory.ts';
import { countable, reachOf } from './reach.ts';
import { waitingClaims } from './waiting.ts';
import type { GpuWish } from './wish.ts';

/** What one container asks for. */
export interface GpuAsk {
	/** Tells it from all others: `trainer-2`. */
	readonly key: string;
	readonly wish: GpuWish;
	readonly terms: GpuTerms;
	/** Sharers go to the emptiest GPUs or to the fullest that do. */
	readonly policy: GpuPolicy;
	/** Ids of the units it had, which it gets again where they are free. */
	readonly previous: readonly string[];
	/** Ids of the container whose place it takes, and of what that one replaces: what they have is no obstacle. */
	readonly replaces?: readonly string[] | undefined;
	/** Keys of asks and ids of containers that have ended for good when this one starts: what they have is no obstacle. */
	readonly outlasts?: ReadonlySet<string> | undefined;
}

type GpuPolicy = 'spread' | 'pack';

export interface Allotment {
	readonly granted: ReadonlyMap<string, readonly GpuUnit[]>;
	readonly shortages: readonly Shortage[];
}

/** Why an ask can't be granted. */
export interface Shortage {
	readonly ask: GpuAsk;
	/** Ids that no GPU has. */
	readonly unknown: readonly string[];
	/** Indices of those that there are, to name one of them instead. */
	readonly known: readonly string[];
	readonly wanted: number;
	/** How many of those that it could have are free for it. */
	readonly free: number;
	/** How many there are in all that it could ever have. */
	readonly total: number;
	/** What stands in its way, by unit. */
	readonly held: readonly { readonly unit: GpuUnit; readonly holders: readonly Holder[] }[];
}

/**
 * Which GPUs each ask gets. All or nothing for each of them; the order in which they are given does not matter. No
 * unit ever has two holders of which one does not share, nor more memory given away than it has.
 */
export function allot(asks: readonly GpuAsk[], input: ClaimsInput): Allotment {
	const units = unitsOf(input.inventory);
	const replaced = new Set([...asks.flatMap(({ replaces }) => replaces ?? []), ...(input.leaving ?? [])]);
	const isReplaced = ({ containerId }: Claim): boolean => containerId !== undefined && replaced.has(containerId);
	const [own, others] = partition(claimsOf(input), isReplaced);
	// What somebody has now is no business of those who wait: its replacement may have it.
	const kept = new Set(own.map(({ unit }) => unit));
	const waiting = waitingClaims(input.queue ?? [], units).filter(({ unit }) => !kept.has(unit));
	const claims: GivenClaim[] = [...others, ...waiting];
	const granted = new Map<string, readonly GpuUnit[]>();
	const shortages: Shortage[] = [];
	for (const ask of inOrder(asks)) {
		const view = viewOf(ask, { units, claims, replaced });
		const chosen = choose(ask, view);
		if (chosen === undefined) {
			shortages.push(shortageOf(ask, view));
			continue;
		}
		granted.set(ask.key, chosen);
		if (ask.wish.observes) continue;
		const holder: Holder = { kind: 'plan', name: ask.key };
		claims.push(...chosen.map(({ id }) => ({ unit: id, holder, terms: ask.terms, ask })));
	}
	return { granted, shortages };
}

/** `ask`: who gets it by this very allotment. */
interface GivenClaim extends Claim {
	readonly ask?: GpuAsk;
}

/** What one of them meets: not those that are never there at the same time. */
function viewOf(one: GpuAsk, { units, claims, replaced }: View): View {
	const { outlasts = new Set<string>() } = one;
	const isGone = ({ ask, containerId = '' }: GivenClaim): boolean =>
		ask === undefined ? outlasts.has(containerId) : outlasts.has(ask.key) || ask.outlasts?.has(one.key) === true;
	return { units, claims: claims.filter((claim) => !isGone(claim)), replaced: new Set([...replaced, ...outlasts]) };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
	return [items.filter(test), items.filter((item) => !test(item))];
}

interface View {
	readonly units: readonly GpuUnit[];
	readonly claims: readonly GivenClaim[];
	/** Containers that go: the memory their processes have comes back. */
	readonly replaced: ReadonlySet<string>;
}

/** Who had GPUs first, then who can be served in the fewest ways. */
function inOrder(asks: readonly GpuAsk[]): readonly GpuAsk[] {
	const weight = ({ previous, wish, terms }: GpuAsk): readonly number[] => [
		previous.length > 0 ? 0 : 1,
		wish.named.length > 0 ? 0 : 1,
		wish.all ? 0 : 1,
		terms.share ? 1 : 0,
		-(terms.memory ?? 0),
		-wish.count,
	];
	return [...asks].sort((a, b) => {
		const [left, right] = [weight(a), weight(b)];
		const at = left.findIndex((value, index) => value !== right[index]);
		if (at !== -1) return (left[at] ?? 0) - (right[at] ?? 0);
		return a.key < b.key ? -1 : 1;
	});
}

function choose(ask: GpuAsk, view: View): readonly GpuUnit[] | undefined {
	const { vendor, all, named, count, observes } = ask.wish;
	const resolved = named.map((id) => resolveUnits(id, vendor, view.units));
	if (resolved.some((found) => found.length === 0)) return undefined;
	const wanted = new Set(all ? resolveUnits('all', vendor, view.units) : resolved.flat());
	// Nothing is chosen for who only looks: the engine counts from the first one on.
	if (observes) return heldUnits(ask, view.units);
	if (![...wanted].every((unit) => fits(unit, ask, view))) return undefined;
	if (all) return wanted.size > 0 ? [...wanted] : undefined;
	const open = countable(vendor, view.units).filter((unit) => !wanted.has(unit) && fits(unit, ask, view));
	for (const unit of preferred(open, ask, view)) {
		if (wanted.size >= count) break;
		wanted.add(unit);
	}
	return wanted.size >= count ? [...wanted].sort(byIndex) : undefined;
}

function fits(unit: GpuUnit, { terms }: GpuAsk, view: View): boolean {
	const beside = view.claims.filter((claim) => claim.unit === unit.id);
	if (beside.some((claim) => !terms.share || !claim.terms.share)) return false;
	if (terms.memory === undefined) return true;
	const free = availableMemory(unit, beside, view.replaced);
	return free !== undefined && free >= terms.memory;
}

/** The same ones again; then by policy. Use that comes and goes has no say, so that a plan made again is the same. */
function preferred(open: readonly GpuUnit[], { previous, policy }: GpuAsk, { claims }: View): readonly GpuUnit[] {
	const sharers = (unit: GpuUnit): number => claims.filter((claim) => claim.unit === unit.id).length;
	const direction = policy === 'pack' ? -1 : 1;
	return [...open].sort(
		(a, b) =>
			Number(previous.includes(b.id)) - Number(previous.includes(a.id)) ||
			direction * (sharers(a) - sharers(b)) ||
			byIndex(a, b),
	);
}

const byIndex = (a: GpuUnit, b: GpuUnit): number =>
	a.gpu.index - b.gpu.index || a.index.localeCompare(b.index, 'en', { numeric: true });

function shortageOf(ask: GpuAsk, view: View): Shortage {
	const { vendor, all, named, count } = ask.wish;
	const resolved = named.map((id) => ({ id, units: resolveUnits(id, vendor, view.units) }));
	const pinned = all ? resolveUnits('all', vendor, view.units) : resolved.flatMap(({ units }) => units);
	const possible = reachOf(ask.wish, view.units);
	const free = possible.filter((unit) => fits(unit, ask, view));
	return {
		ask,
		unknown: resolved.filter(({ units }) => units.length === 0).map(({ id }) => id),
		known: view.units.filter(({ gpu }) => gpu.vendor === vendor).map(({ index }) => index),
		wanted: Math.max(count, pinned.length),
		free: free.length,
		total: possible.length,
		held: possible
			.filter((unit) => !free.includes(unit))
			.map((unit) => ({
				unit,
				holders: view.claims.filter((claim) => claim.unit === unit.id).map(({ holder }) => holder),
			})),
	};
}
