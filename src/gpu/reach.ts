import { type GpuUnit, resolveUnits } from './inventory.ts';
import type { GpuWish } from './wish.ts';

/** The units that a wish could ever be served with, whoever has them now. */
export function reachOf({ vendor, all, count, named }: GpuWish, units: readonly GpuUnit[]): readonly GpuUnit[] {
	const pinned = all ? resolveUnits('all', vendor, units) : named.flatMap((id) => resolveUnits(id, vendor, units));
	return [...new Set(count > pinned.length ? [...pinned, ...countable(vendor, units)] : pinned)];
}

/** Slices are asked for by name: a count means whole GPUs. */
export const countable = (vendor: GpuWish['vendor'], units: readonly GpuUnit[]): readonly GpuUnit[] =>
	units.filter(({ gpu, isSlice }) => gpu.vendor === vendor && !isSlice);
