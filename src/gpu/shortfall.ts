import { allot, type GpuAsk, type Shortage } from './allot.ts';
import type { ClaimsInput, GpuContainer, WaitingAsk } from './holder.ts';

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
function isPossible(asks: readonly GpuAsk[], { gpus, ...rest }: ClaimsInput['inventory']): boolean {
	const idle = gpus.map((gpu) => ({ ...gpu, memoryUsed: 0, processes: [] }));
	const fresh = asks.map((ask) => ({ ...ask, replaces: undefined }));
	return allot(fresh, { inventory: { ...rest, gpus: idle }, containers: [], busyBytes: 0 }).shortages.length === 0;
}

/** What a ticket says is waited for: not what is replaced by the one that has it. */
export function asksToWaitFor({ asks }: Shortfall, containers: readonly GpuContainer[]): readonly WaitingAsk[] {
	const held = new Set(containers.filter(({ holds }) => holds).map(({ id }) => id));
	return asks
		.filter(({ replaces }) => replaces === undefined || !held.has(replaces))
		.map(({ key, wish, terms }) => ({ key, wish, terms }));
}
