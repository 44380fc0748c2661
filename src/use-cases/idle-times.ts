import type { ListedGpu } from './list-gpus.ts';

/** Since when nothing has been seen to compute, in seconds since the epoch, by the id of the GPU. */
export type IdleTimes = ReadonlyMap<string, number>;

/**
 * What this look adds to what was seen before. Only GPUs that somebody holds are idle: the others are free. Of a GPU
 * whose use nobody tells, slices among them, nothing is said.
 */
export function updateIdleTimes(before: IdleTimes, listed: readonly ListedGpu[], now: number): IdleTimes {
	const idle = listed.filter(({ unit, holders }) => !unit.isSlice && holders.length > 0 && unit.gpu.utilisation === 0);
	return new Map(idle.map(({ unit: { id } }) => [id, before.get(id) ?? now]));
}
