import type { Engine } from '../engine/engine.ts';
import { type Claim, claimsOf, type Holder } from '../gpu/holder.ts';
import { type GpuProcess, type GpuUnit, unitsOf } from '../gpu/inventory.ts';
import type { GpuQueue } from '../queue/queue.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { GpuTools } from './gpu-tools.ts';

/** A GPU, or a slice of one, and who has it. */
export interface ListedGpu {
	readonly unit: GpuUnit;
	readonly holders: readonly ListedHolder[];
}

export interface ListedHolder extends Holder {
	/** Bytes that its processes have of this GPU; undefined where nothing tells of any. */
	readonly memoryUsed?: number | undefined;
}

/** Every GPU of the engine's machine; `none` and `unknown` where there is nothing to list. */
export async function listGpus(
	engine: Pick<Engine, 'listContainers' | 'inspectContainer'>,
	{
		look,
		busyBytes,
		queue,
	}: Pick<GpuTools, 'look' | 'busyBytes'> & { readonly queue: () => Promise<Pick<GpuQueue, 'reserved'>> },
): Promise<readonly ListedGpu[] | 'none' | 'unknown'> {
	const inventory = await look();
	if (inventory === 'none' || inventory === 'unknown') return inventory;
	const reserved = await (await queue()).reserved();
	const containers = await observeGpuContainers(engine, inventory);
	const claims = claimsOf({ inventory, containers, reserved, busyBytes });
	const byUnit = Map.groupBy(claims, ({ unit }) => unit);
	return unitsOf(inventory).map((unit) => ({
		unit,
		holders: (byUnit.get(unit.id) ?? []).map((claim) => withProcesses(claim, unit)),
	}));
}

/** What the processes of a container tell of it: how much memory they have, and who runs them where it does not say. */
function withProcesses({ holder, containerId, pid }: Claim, { gpu }: GpuUnit): ListedHolder {
	const own = gpu.processes.filter((process) =>
		pid === undefined ? containerId !== undefined && process.containerId === containerId : process.pid === pid,
	);
	if (own.length === 0) return holder;
	const memoryUsed = own.some(({ memory }) => memory === undefined)
		? undefined
		: own.reduce((sum, { memory = 0 }) => sum + memory, 0);
	return { ...holder, user: holder.user ?? usersOf(own), memoryUsed };
}

/** Inside of containers most run as root, which names nobody. */
function usersOf(processes: readonly GpuProcess[]): string | undefined {
	const users = new Set(processes.flatMap(({ user }) => (user === undefined || user === 'root' ? [] : [user])));
	return users.size === 0 ? undefined : [...users].join(', ');
}
