import { shortfallIn } from '../gpu/shortfall.ts';
import { type GpuWait, openTurns, type Turns } from './await-gpus.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Gives what `attempt` gives. Where that finds too few GPUs and takes a place in the queue, its turn is awaited, with
 * no lock in hand, and it is tried again; the place is given back however all this ends. Without `wait` nobody waits.
 */
export async function queueingForGpus<T>(
	tools: Pick<RunTools, 'engine' | 'gpus' | 'emit' | 'signal'>,
	wait: GpuWait | undefined,
	attempt: () => Promise<T>,
): Promise<T> {
	const { gpus } = tools;
	if (wait === undefined || gpus === undefined) return attempt();
	const queue = await gpus.queue();
	let turns: Turns | undefined;
	try {
		for (;;) {
			try {
				return await attempt();
			} catch (error) {
				const shortfall = shortfallIn(error);
				if (shortfall === undefined || !shortfall.isPossible) throw error;
				turns ??= openTurns({ ...tools, gpus, queue }, wait);
				await turns.next(shortfall);
			}
		}
	} finally {
		turns?.close();
		await queue.leave();
	}
}
