import type { GpuBox, GpuMode } from '../gpu/box.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { isNvidiaRuntime } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { RunTools } from './run-tools.ts';

/** The lock on an engine's GPUs. Its dot keeps it apart from projects. */
export const gpuLock = 'engine.gpus';

type Tools = Pick<RunTools, 'engine' | 'gpus'>;

/** The GPUs as they are now; undefined where none of the services asks for any, or labc gives none out. */
export async function observeGpus(
	project: Project,
	{ engine, gpus }: Tools,
	mode: GpuMode | undefined,
): Promise<GpuBox | undefined> {
	if (gpus === undefined || !asksForAny(project)) return undefined;
	const found = mode === 'none' ? 'none' : await gpus.look();
	if (found === 'unknown') return undefined;
	const { busyBytes } = gpus;
	const user = await gpus.user();
	if (found === 'none') return { inventory: { source: 'engine', gpus: [] }, containers: [], busyBytes, user, mode };
	return { inventory: found, containers: await observeGpuContainers(engine), busyBytes, user, mode };
}

/** Whether an image's environment asks is seen later: with nvidia's runtime it may. */
const asksForAny = ({ services }: Project): boolean =>
	[...services.values()].some((service) => isNvidiaRuntime(service.runtime) || serviceWish(service) !== undefined);

/**
 * Runs `work` as the only one who gives out the engine's GPUs, which were looked at after everybody else had done.
 * Always inside the project's lock, never around it: two who take them in different orders would wait for each other.
 */
export async function withGpus<T>(
	project: Project,
	{
		tools,
		mode,
	}: { readonly tools: Pick<RunTools, 'engine' | 'gpus' | 'withLock'>; readonly mode?: GpuMode | undefined },
	work: (box: GpuBox | undefined) => Promise<T>,
): Promise<T> {
	const seen = await observeGpus(project, tools, mode);
	if (seen === undefined || seen.inventory.gpus.length === 0) return work(seen);
	return tools.withLock(gpuLock, async () => work(await observeGpus(project, tools, mode)));
}
