import type { ContainerSummary } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { GpuContainer } from '../gpu/holder.ts';
import { readGpuContainer } from './gpu-container.ts';

/** Every container of the engine that has GPUs or had some, other people's too. No list tells that, so all are inspected. */
export async function observeGpuContainers(
	engine: Pick<Engine, 'listContainers' | 'inspectContainer'>,
): Promise<readonly GpuContainer[]> {
	const summaries = await engine.listContainers([]);
	const read = await Promise.all(summaries.map((summary) => readUnlessGone(engine, summary)));
	return read.filter((one) => one !== undefined);
}

async function readUnlessGone(
	engine: Pick<Engine, 'inspectContainer'>,
	summary: ContainerSummary,
): Promise<GpuContainer | undefined> {
	try {
		return readGpuContainer(summary, await engine.inspectContainer(summary.id));
	} catch (error) {
		if (error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND') return undefined;
		throw error;
	}
}
