import { LabcError } from '../errors/labc-error.ts';
import { allot, type GpuAsk } from '../gpu/allot.ts';
import { describeShortage } from '../gpu/describe.ts';
import { heldUnits } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import type { Plan } from '../plan/plan.ts';
import { label } from '../state/labels.ts';
import { observeGpuContainers } from '../state/observe-gpus.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { gpuLock } from './gpu-box.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Runs `work`, which carries out the plan. Containers that got GPUs from labc and do not run have given them back: who
 * starts them again looks, as the only one who gives GPUs out, whether they are still free, and is refused where not.
 */
export async function withGpusOf(
	plan: Plan,
	{ tools, containers }: { readonly tools: RunTools; readonly containers: readonly ObservedContainer[] },
	work: () => Promise<void>,
): Promise<void> {
	const ids = startedAgain(plan, containers);
	const { gpus } = tools;
	if (ids.size === 0 || gpus === undefined) return work();
	await tools.withLock(gpuLock, async () => {
		await requireFree(ids, tools.engine, gpus);
		await work();
	});
}

/** Ids of the containers that the plan starts though they gave their GPUs back. */
function startedAgain({ steps }: Plan, containers: readonly ObservedContainer[]): ReadonlySet<string> {
	const started = steps.flatMap(({ operation }) => {
		const starts = operation.type === 'container.start' || operation.type === 'container.restart';
		return starts && 'id' in operation.container ? [operation.container.id] : [];
	});
	const rests = containers.filter(
		({ state, labels }) => (state === 'exited' || state === 'created') && (labels[label.gpuIds] ?? 'none') !== 'none',
	);
	return new Set(rests.map(({ id }) => id).filter((id) => started.includes(id)));
}

async function requireFree(
	ids: ReadonlySet<string>,
	engine: RunTools['engine'],
	{ look, busyBytes }: NonNullable<RunTools['gpus']>,
): Promise<void> {
	const inventory = await look();
	if (inventory === 'none' || inventory === 'unknown') return;
	const containers = await observeGpuContainers(engine);
	const units = unitsOf(inventory);
	const asks = containers
		.filter(({ id }) => ids.has(id))
		.map((container): GpuAsk => {
			const named = heldUnits(container, units).map(({ id }) => id);
			const wish = { ...container.wish, all: false, count: 0, named };
			return {
				key: container.name,
				wish,
				terms: container.terms,
				policy: 'spread',
				previous: named,
				replaces: container.id,
			};
		});
	const { shortages } = allot(asks, { inventory, containers, busyBytes });
	if (shortages.length === 0) return;
	throw new LabcError('GPU_UNAVAILABLE', `GPUs were given away: ${shortages.map(describeShortage).join('\n')}`, {
		hint: 'Run `labc compose up -d`, which makes the containers again with GPUs that are free.',
	});
}
