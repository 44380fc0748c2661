import type { GpuBox, GpuMode } from '../gpu/box.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { asksToWaitFor, shortfallIn } from '../gpu/shortfall.ts';
import { isNvidiaRuntime } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import type { SeenTicket } from '../queue/queue.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { GpuTools } from './gpu-tools.ts';
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
	return gpus === undefined || !asksForAny(project) ? undefined : observeBox({ engine, gpus }, { mode });
}

interface Look {
	readonly mode?: GpuMode | undefined;
	/** For who has the lock: those in the queue, without what the dead have left. */
	readonly sweeps?: boolean;
}

/** All that is known of the engine's GPUs, seen from one's own place in the queue; undefined where nothing tells. */
export async function observeBox(
	{ engine, gpus }: Pick<RunTools, 'engine'> & { readonly gpus: GpuTools },
	{ mode, sweeps = false }: Look = {},
): Promise<GpuBox | undefined> {
	const found = mode === 'none' ? 'none' : await gpus.look();
	if (found === 'unknown') return undefined;
	const { busyBytes } = gpus;
	const user = await gpus.user();
	if (found === 'none') return { inventory: { source: 'engine', gpus: [] }, containers: [], busyBytes, user, mode };
	const queue = await gpus.queue();
	const [containers, tickets] = await Promise.all([
		observeGpuContainers(engine),
		sweeps ? queue.sweep() : queue.list(),
	]);
	return { inventory: found, containers, queue: before(tickets), busyBytes, user, mode };
}

/** Who has no ticket comes behind all who have one. */
function before(tickets: readonly SeenTicket[]): readonly SeenTicket[] {
	const own = tickets.find(({ standing }) => standing === 'own')?.number ?? Number.POSITIVE_INFINITY;
	return tickets.filter(({ number, standing }) => number < own && standing !== 'dead');
}

/** Whether an image's environment asks is seen later: with nvidia's runtime it may. */
const asksForAny = ({ services }: Project): boolean =>
	[...services.values()].some((service) => isNvidiaRuntime(service.runtime) || serviceWish(service) !== undefined);

interface Giving {
	readonly tools: Pick<RunTools, 'engine' | 'gpus' | 'withLock'>;
	readonly mode?: GpuMode | undefined;
	/** Where `work` finds too few GPUs, take a place in the queue before it fails. */
	readonly queues?: boolean;
}

/**
 * Runs `work` as the only one who gives out the engine's GPUs, which were looked at after everybody else had done.
 * Always inside the project's lock, never around it: two who take them in different orders would wait for each other.
 */
export async function withGpus<T>(
	project: Project,
	{ tools, mode, queues = false }: Giving,
	work: (box: GpuBox | undefined) => Promise<T>,
): Promise<T> {
	const { engine, gpus } = tools;
	if (gpus === undefined || !asksForAny(project)) return work(undefined);
	const hasSome = mode !== 'none' && typeof (await gpus.look()) !== 'string';
	if (!hasSome) return work(await observeBox({ engine, gpus }, { mode }));
	return tools.withLock(gpuLock, async () => {
		const box = await observeBox({ engine, gpus }, { mode, sweeps: true });
		try {
			return await work(box);
		} catch (error) {
			const shortfall = queues ? shortfallIn(error) : undefined;
			if (shortfall?.isPossible) {
				const asks = asksToWaitFor(shortfall, box?.containers ?? []);
				await (await gpus.queue()).take({ project: project.name, asks });
			}
			throw error;
		}
	});
}
