import { type Allotment, allot, type GpuAsk, type Shortage } from './allot.ts';
import type { ClaimsInput, GpuContainer, Waiting, WaitingAsk } from './holder.ts';
import type { Inventory } from './inventory.ts';

/** Why a plan can't have its GPUs now: the cause of an error, for who would rather wait. */
export interface Shortfall {
	readonly kind: 'GPU shortfall';
	/** All that the plan asks for, what could be granted included: it is served whole or not at all. */
	readonly asks: readonly GpuAsk[];
	readonly shortages: readonly Shortage[];
	/** Whether it could be served if nobody had any. */
	readonly isPossible: boolean;
}

export const shortfallOf = (
	asks: readonly GpuAsk[],
	shortages: readonly Shortage[],
	{ inventory }: Pick<ClaimsInput, 'inventory'>,
): Shortfall => ({ kind: 'GPU shortfall', asks, shortages, isPossible: isPossible(asks, inventory) });

/** What an error says of it; undefined where it is about something else. */
export const shortfallIn = (error: unknown): Shortfall | undefined =>
	error instanceof Error && isShortfall(error.cause) ? error.cause : undefined;

const isShortfall = (cause: unknown): cause is Shortfall =>
	typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'GPU shortfall';

/** On the same machine, with nobody on it. */
const isPossible = (asks: readonly GpuAsk[], inventory: Inventory): boolean =>
	allotIdle(asks, { inventory }).shortages.length === 0;

/** What they would get with nobody on the machine. */
export function allotIdle(asks: readonly GpuAsk[], { inventory }: Pick<ClaimsInput, 'inventory'>): Allotment {
	const fresh = asks.map((ask) => ({ ...ask, replaces: undefined }));
	return allot(fresh, { inventory: idle(inventory), containers: [], busyBytes: 0 });
}

const idle = ({ gpus, ...rest }: Inventory): Inventory => ({
	...rest,
	gpus: gpus.map((gpu) => ({ ...gpu, memoryUsed: 0, processes: [] })),
});

/**
 * Whether those before in the queue leave enough, were nobody else on the machine: if not, its turn can't have come.
 * What it replaces is its own.
 */
export function mayBeServed(
	asks: readonly GpuAsk[],
	queue: readonly Waiting[],
	{ inventory, containers }: Pick<ClaimsInput, 'inventory' | 'containers'>,
): boolean {
	const replaced = new Set(asks.flatMap(({ replaces }) => replaces ?? []));
	const own = containers.filter(({ id }) => replaced.has(id));
	return allot(asks, { inventory: idle(inventory), containers: own, busyBytes: 0, queue }).shortages.length === 0;
}

/** What a ticket says is waited for: not what is replaced by the one that has it. */
export function asksToWaitFor({ asks }: Shortfall, containers: readonly GpuContainer[]): readonly WaitingAsk[] {
	const held = new Set(containers.filter(({ holds }) => holds).map(({ id }) => id));
	return asks
		.filter(({ replaces = [] }) => !replaces.some((id) => held.has(id)))
		.map(({ key, wish, terms }) => ({ key, wish, terms }));
}
