import type { Claim } from './holder.ts';
import type { GpuUnit } from './inventory.ts';

/**
 * How much memory of a unit can still be given away: neither promised to a sharer nor in use by anything else. A
 * sharer that uses more than it asked for counts with what it uses. Undefined where nothing tells.
 */
export function availableMemory(
	{ memory, gpu, isSlice }: GpuUnit,
	claims: readonly Claim[],
	leaving: ReadonlySet<string>,
): number | undefined {
	if (memory === undefined) return undefined;
	const promised = claims.reduce((sum, { terms }) => sum + (terms.memory ?? 0), 0);
	// Use is measured for the whole GPU and says nothing of one slice.
	if (isSlice) return memory - promised;
	const usedBy = (matches: (containerId: string | undefined) => boolean): number =>
		gpu.processes.reduce((sum, process) => sum + (matches(process.containerId) ? (process.memory ?? 0) : 0), 0);
	const ofHolders = claims.reduce((sum, { terms, containerId }) => {
		const used = containerId === undefined ? 0 : usedBy((id) => id === containerId);
		return sum + Math.max(terms.memory ?? 0, used);
	}, 0);
	const holders = new Set(claims.flatMap(({ containerId }) => containerId ?? []));
	const isOther = (id: string | undefined): boolean => id === undefined || !(holders.has(id) || leaving.has(id));
	const unexplained = Math.max(0, (gpu.memoryUsed ?? 0) - usedBy(() => true));
	return memory - ofHolders - usedBy(isOther) - unexplained;
}
