import type { ContainerSummary } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { GpuContainer } from '../gpu/holder.ts';
import type { Inventory } from '../gpu/inventory.ts';
import { readGpuContainer } from './gpu-container.ts';
import { unlessGone } from './unless-gone.ts';

/** Every container of the engine that has GPUs or had some, other people's too. No list tells that, so all are inspected. */
export async function observeGpuContainers(
	engine: Pick<Engine, 'listContainers' | 'inspectContainer'>,
	{ defaultRuntime }: Pick<Inventory, 'defaultRuntime'>,
): Promise<readonly GpuContainer[]> {
	const summaries = await engine.listContainers([]);
	const read = await Promise.all(
		summaries.map((summary) =>
			unlessGone(async () => readGpuContainer(summary, await engine.inspectContainer(summary.id), defaultRuntime)),
		),
	);
	return read.filter((one) => one !== undefined);
}

/** Ids of those among `containers` that ask for GPUs in whatever way; that of the engine's usual runtime is not looked at. */
export async function observeGpuUsers(
	engine: Pick<Engine, 'inspectContainer'>,
	containers: readonly ContainerSummary[],
): Promise<readonly string[]> {
	const read = await Promise.all(
		containers.map((one) =>
			unlessGone(async () =>
				readGpuContainer(one, await engine.inspectContainer(one.id)) === undefined ? [] : [one.id],
			),
		),
	);
	return read.flatMap((ids) => ids ?? []);
}
