import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import { allot, type GpuAsk, type Shortage } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortages } from '../gpu/describe.ts';
import { claimedUnits } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import type { PlannedHold } from '../plan/gpu-holds.ts';
import { observeBox } from './gpu-box.ts';
import type { GpuTools } from './gpu-tools.ts';
import type { RunTools } from './run-tools.ts';

interface Reserving {
	readonly project: string;
	readonly tools: RunTools;
	readonly gpus: GpuTools;
}

/** For who has the lock on GPUs: nobody else is given what the plan's containers are going to have. */
export async function reserveGpus(
	holds: readonly PlannedHold[],
	{ project, gpus }: Omit<Reserving, 'tools'>,
): Promise<void> {
	if (holds.length > 0) await (await gpus.queue()).reserve({ project, holds });
}

/**
 * Runs `work`, which carries the plan out, without the lock: the reservation stands until the last of the containers
 * runs. Who starts only once something else has come about looks once more, for strangers know of no reservation.
 */
export async function whileReserved<T>(
	holds: readonly PlannedHold[],
	{ tools, gpus }: Omit<Reserving, 'project'>,
	work: (tools: RunTools) => Promise<T>,
): Promise<T> {
	if (holds.length === 0) return work(tools);
	const queue = await gpus.queue();
	try {
		return await work({ ...tools, engine: startingFrom(holds, { tools, gpus }, () => queue.release()) });
	} finally {
		await queue.release();
	}
}

/** The engine, as one that looks before late starts and tells when all who hold something run. */
function startingFrom(
	holds: readonly PlannedHold[],
	{ tools: { engine }, gpus }: Omit<Reserving, 'project'>,
	onAllRun: () => Promise<void>,
): Engine {
	const open = new Set(holds);
	const byId = new Map(
		holds.flatMap((hold) => (hold.made === undefined ? hold.containers.map((id) => [id, hold]) : [])),
	);
	const replaced = new Map(
		holds.flatMap((hold) => (hold.made === undefined ? [] : hold.containers.map((id) => [id, hold]))),
	);
	const starting = async (id: string, start: () => Promise<void>): Promise<void> => {
		const former = replaced.get(id);
		if (former !== undefined) requireStillItsOwn(former, id, await observeBox({ engine, gpus }));
		const hold = byId.get(id);
		if (hold === undefined || !open.has(hold)) return start();
		if (hold.isLate) requireStillFree(hold, id, await observeBox({ engine, gpus }));
		await start();
		open.delete(hold);
		if (open.size === 0) await onAllRun();
	};
	return {
		...engine,
		async createContainer(spec) {
			const made = await engine.createContainer(spec);
			const hold = holds.find((one) => one.made === spec.name);
			if (hold !== undefined) byId.set(made.id, hold);
			return made;
		},
		startContainer: (id) => starting(id, () => engine.startContainer(id)),
		restartContainer: (id, timeoutSeconds) => starting(id, () => engine.restartContainer(id, timeoutSeconds)),
	};
}

/** Those in the queue come behind who has been served. */
function requireStillFree(hold: PlannedHold, id: string, box: GpuBox): void {
	const own = [...hold.containers, id, ...atRestWith(id, box.containers)];
	const shortages = shortagesOf([{ ...hold, containers: own }], {
		...box,
		queue: [],
	});
	if (shortages.length === 0) return;
	const message = `somebody took GPUs while \`${hold.key}\` waited for what it depends on: ${describeShortages(shortages)}`;
	throw new LabcError('GPU_UNAVAILABLE', message, {
		hint: 'Run the command again, which chooses among those that are free.',
	});
}

/** One that comes back, since what was to replace it did not come up, has what it had and not what the other got. */
function requireStillItsOwn(hold: PlannedHold, id: string, box: GpuBox): void {
	const own = box.containers.find((one) => one.id === id);
	if (own === undefined) return;
	const ids = claimedUnits(own, box.inventory).map((unit) => unit.id);
	requireStillFree({ ...hold, ids, terms: own.terms }, id, box);
}

/** Ids of the project's containers at rest, with which the plan reckoned: some are about to go. */
function atRestWith(id: string, containers: GpuBox['containers']): readonly string[] {
	const project = containers.find((one) => one.id === id)?.project;
	const own = containers.filter((one) => project !== undefined && one.project === project && one.state === 'exited');
	return own.map((one) => one.id);
}

export interface StartedHold extends PlannedHold {
	/** Keys of others that have ended when it starts. */
	readonly outlasts?: readonly string[];
}

/** Which of the very GPUs that they had can't be had now, and why. */
export function shortagesOf(holds: readonly StartedHold[], box: GpuBox): readonly Shortage[] {
	if (box.inventory.gpus.length === 0) return [];
	const units = unitsOf(box.inventory);
	const asks = holds.map(({ key, ids, terms, containers, outlasts = [] }): GpuAsk => {
		const vendor = units.find(({ id }) => ids.includes(id))?.gpu.vendor ?? 'nvidia';
		const wish = { vendor, all: false, count: 0, named: ids, observes: false };
		return { key, wish, terms, policy: 'spread', previous: ids, outlasts: new Set([...containers, ...outlasts]) };
	});
	return allot(asks, box).shortages;
}
