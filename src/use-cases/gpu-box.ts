import type { Engine } from '../engine/engine.ts';
import { readList } from '../engine/unread.ts';
import type { GpuBox, GpuMode } from '../gpu/box.ts';
import type { Inventory } from '../gpu/inventory.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { isNvidiaRuntime } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import type { SeenTicket } from '../queue/queue.ts';
import { imageReference } from '../state/names.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { GpuTools } from './gpu-tools.ts';
import type { RunTools } from './run-tools.ts';

type Tools = Pick<RunTools, 'engine' | 'gpus'>;

/** The GPUs as they are now; undefined where none of the services sees any, or labc gives none out. */
export async function observeGpus(
	project: Project,
	{ engine, gpus }: Tools,
	{ mode, images }: { readonly mode: GpuMode | undefined; readonly images: Images },
): Promise<GpuBox | undefined> {
	if (gpus === undefined || (await gpuUseOf(project, engine, images)) === 'none') return undefined;
	return observeBox({ engine, gpus }, { mode });
}

interface Look {
	readonly mode?: GpuMode | undefined;
	/** For who has the lock: those in the queue, without what the dead have left. */
	readonly sweeps?: boolean;
}

/** All that is known of the engine's GPUs, seen from one's own place in the queue. */
export async function observeBox(
	{ engine, gpus }: Pick<RunTools, 'engine'> & { readonly gpus: GpuTools },
	{ mode, sweeps = false }: Look = {},
): Promise<GpuBox> {
	const found = mode === 'none' ? 'none' : await gpus.look();
	const { busyBytes } = gpus;
	const user = await gpus.user();
	if (found === 'none' || found === 'unknown') {
		const { defaultRuntime } = await engine.machine();
		const inventory: Inventory = { source: 'engine', defaultRuntime, gpus: [] };
		return { inventory, containers: [], busyBytes, user, mode, ...(found === 'unknown' && { isUntold: true }) };
	}
	const queue = await gpus.queue();
	// First of all: a reservation goes when its container runs, and what runs by then is seen after it.
	const reserved = await queue.reserved();
	const [containers, tickets] = await Promise.all([
		observeGpuContainers(engine, found),
		sweeps ? queue.sweep() : queue.list(),
	]);
	return { inventory: found, containers, reserved, queue: before(tickets), busyBytes, user, mode };
}

/** Who has no ticket comes behind all who have one. */
function before(tickets: readonly SeenTicket[]): readonly SeenTicket[] {
	const own = tickets.find(({ standing }) => standing === 'own')?.number ?? Number.POSITIVE_INFINITY;
	return tickets.filter(({ number, standing }) => number < own && standing !== 'dead');
}

export type Images = ObservedState['images'];

/**
 * Whether services ask for GPUs, or see some unasked where nvidia's runtime is the engine's usual one, which is asked
 * only where that matters. Of an image that is not there yet nobody knows whether it asks: with `runtime: nvidia` it may.
 */
export async function gpuUseOf(
	project: Project,
	engine: Pick<Engine, 'machine'>,
	images: Images,
): Promise<'none' | 'unasked' | 'asked'> {
	const services = [...project.services];
	const wishes = (runtime: string | undefined) =>
		services
			.map(([name, service]) => {
				const config = images.get(imageReference(project, name, service))?.config;
				return serviceWish(service, { imageEnvironment: readList(config?.['Env']), runtime });
			})
			.filter((wish) => wish !== undefined);
	if (services.some(([, { runtime }]) => isNvidiaRuntime(runtime)) || wishes(undefined).length > 0) return 'asked';
	if (wishes('nvidia').length === 0) return 'none';
	const found = wishes((await engine.machine()).defaultRuntime);
	if (found.length === 0) return 'none';
	return found.every(({ isUnasked }) => isUnasked) ? 'unasked' : 'asked';
}
