import type { GpuBox, GpuMode } from '../gpu/box.ts';
import { asksToWaitFor, shortfallIn } from '../gpu/shortfall.ts';
import { gpuLock } from '../lock/lock-volume.ts';
import type { Project } from '../model/project.ts';
import { holdsOf } from '../plan/gpu-holds.ts';
import type { Plan } from '../plan/plan.ts';
import { gpuUseOf, type Images, observeBox } from './gpu-box.ts';
import { reserveGpus, whileReserved } from './reserve-gpus.ts';
import type { RunTools } from './run-tools.ts';

interface Giving {
	readonly tools: RunTools;
	readonly images: Images;
	/** What was seen before; whether there are GPUs at all does not change. */
	readonly seen: GpuBox | undefined;
	readonly mode?: GpuMode | undefined;
	/** Where the plan finds too few GPUs, take a place in the queue before it fails. */
	readonly queues?: boolean;
}

/** What is done with GPUs: first a plan that says who gets which, then its steps. */
export interface GpuWork<P, T> {
	plan(box: GpuBox | undefined): Promise<P>;
	/** With these tools alone: they tell when the containers run. */
	carryOut(planned: P, tools: RunTools): Promise<T>;
}

/**
 * Plans as the only one who gives out the engine's GPUs, which are looked at after everybody else has chosen. What the
 * plan gives is reserved, and carried out without the lock, since that may take as long as what the containers wait for.
 * Always inside the project's lock, never around it: two who take them in different orders would wait for each other.
 */
export async function withGpus<P extends { readonly plan: Plan }, T>(
	project: Project,
	{ tools, images, seen, mode, queues = false }: Giving,
	{ plan, carryOut }: GpuWork<P, T>,
): Promise<T> {
	const { engine, gpus } = tools;
	const use = gpus === undefined ? 'none' : await gpuUseOf(project, engine, images);
	if (gpus === undefined || use === 'none') return carryOut(await plan(undefined), tools);
	if (use === 'unasked') return carryOut(await plan(seen ?? (await observeBox({ engine, gpus }, { mode }))), tools);
	if (seen !== undefined && seen.inventory.gpus.length === 0) return carryOut(await plan(seen), tools);
	const queue = await gpus.queue();
	const { planned, holds } = await tools.withLock(gpuLock, async () => {
		const box = await observeBox({ engine, gpus }, { mode, sweeps: true });
		try {
			const made = await plan(box);
			const held = holdsOf(made.plan, box);
			await reserveGpus(held, { project: project.name, gpus });
			// Who has been served waits no more: others come to their turn while this one starts.
			await queue.leave();
			return { planned: made, holds: held };
		} catch (error) {
			const shortfall = queues ? shortfallIn(error) : undefined;
			if (shortfall?.isPossible) {
				await queue.take({ project: project.name, asks: asksToWaitFor(shortfall, box.containers) });
			}
			throw error;
		}
	});
	return whileReserved(holds, { tools, gpus }, (reserving) => carryOut(planned, reserving));
}
