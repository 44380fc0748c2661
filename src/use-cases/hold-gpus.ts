import { LabcError } from '../errors/labc-error.ts';
import { allot, type GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortage } from '../gpu/describe.ts';
import { heldUnits } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import type { Plan } from '../plan/plan.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { gpuLock, observeBox } from './gpu-box.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Runs `work`, which carries out the plan. Containers that got GPUs from labc and do not run have given them back: who
 * starts them again looks, as the only one who gives GPUs out, whether they are still free, and is refused where not.
 * One that is restarted has none for a moment: nobody gives them to others then.
 */
export async function withGpusOf(
	plan: Plan,
	{ tools, containers }: { readonly tools: RunTools; readonly containers: readonly ObservedContainer[] },
	work: () => Promise<void>,
): Promise<void> {
	const started = startedWithGpus(plan, containers);
	const { engine, gpus } = tools;
	if (started.size === 0 || gpus === undefined) return work();
	await tools.withLock(gpuLock, async () => {
		const box = await observeBox({ engine, gpus }, { sweeps: true });
		// One that ran when it was last seen may have ended while the lock was waited for.
		if (box !== undefined && box.inventory.gpus.length > 0) requireFree(started, box);
		await work();
	});
}

/** Ids of those with GPUs that labc chose which the plan starts, or stops and starts in one. */
function startedWithGpus({ steps }: Plan, containers: readonly ObservedContainer[]): ReadonlySet<string> {
	const idsOf = (type: 'container.start' | 'container.restart'): readonly string[] =>
		steps.flatMap(({ operation }) =>
			operation.type === type && 'id' in operation.container ? [operation.container.id] : [],
		);
	const [started, restarted] = [idsOf('container.start'), idsOf('container.restart')];
	return new Set(
		containers
			.filter(({ labels }) => (labels[label.gpuIds] ?? 'none') !== 'none')
			.filter(({ id, state }) => restarted.includes(id) || (started.includes(id) && state !== 'running'))
			.map(({ id }) => id),
	);
}

function requireFree(ids: ReadonlySet<string>, box: GpuBox): void {
	const units = unitsOf(box.inventory);
	const asks = box.containers
		.filter(({ id, holds }) => ids.has(id) && !holds)
		.map((container): GpuAsk => {
			const previous = heldUnits(container, units).map(({ id }) => id);
			const wish = { ...container.wish, all: false, count: 0, named: previous };
			const { name: key, terms, id: replaces } = container;
			return { key, wish, terms, policy: 'spread', previous, replaces };
		});
	const { shortages } = allot(asks, box);
	if (shortages.length === 0) return;
	throw new LabcError('GPU_UNAVAILABLE', `GPUs were given away: ${shortages.map(describeShortage).join('\n')}`, {
		hint: 'Run `labc compose up -d`, which makes the containers again with GPUs that are free.',
	});
}
