import type { Engine } from '../engine/engine.ts';
import { claimsOf, type Holder } from '../gpu/holder.ts';
import { type GpuUnit, unitsOf } from '../gpu/inventory.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { GpuTools } from './gpu-tools.ts';

/** A GPU, or a slice of one, and who has it. */
export interface ListedGpu {
	readonly unit: GpuUnit;
	readonly holders: readonly Holder[];
}

/** Every GPU of the engine's machine; `none` and `unknown` where there is nothing to list. */
export async function listGpus(
	engine: Pick<Engine, 'listContainers' | 'inspectContainer'>,
	{ look, busyBytes }: Pick<GpuTools, 'look' | 'busyBytes'>,
): Promise<readonly ListedGpu[] | 'none' | 'unknown'> {
	const inventory = await look();
	if (inventory === 'none' || inventory === 'unknown') return inventory;
	const claims = claimsOf({ inventory, containers: await observeGpuContainers(engine), busyBytes });
	const byUnit = Map.groupBy(claims, ({ unit }) => unit);
	return unitsOf(inventory).map((unit) => ({
		unit,
		holders: (byUnit.get(unit.id) ?? []).map(({ holder }) => holder),
	}));
}
