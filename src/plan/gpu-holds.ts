import type { ContainerSpec } from '../engine/container-api.ts';
import type { GpuBox } from '../gpu/box.ts';
import { claimedUnits, type GpuContainer, lostIds, type ReservedGpus } from '../gpu/holder.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { holdsNone } from '../gpu/wish.ts';
import { containerKey, label } from '../state/labels.ts';
import type { Operation, Plan, Step, StepId } from './plan.ts';

/** GPUs that a container has from the plan on, though it runs only later. */
export interface PlannedHold extends ReservedGpus {
	/** The name under which it is made; undefined where it is there. */
	readonly made?: string | undefined;
	/** Ids of the container itself, where it is there, and of the one whose place it takes. */
	readonly containers: readonly string[];
	/** Its start waits for what others become: much may happen until then. */
	readonly isLate: boolean;
}

/** What the plan's containers get of the box, in the order of their steps. Those that only look have nothing. */
export function holdsOf({ steps }: Plan, box: GpuBox): readonly PlannedHold[] {
	const late = lateSteps(steps);
	const isLate = (ids: readonly StepId[]): boolean => ids.some((id) => late.has(id));
	return steps.flatMap(({ id, operation }): readonly PlannedHold[] => {
		if (operation.type === 'container.create') return madeHold(operation, isLate([id, ...startsOf(id, steps)]));
		const container = startedAgain(operation, box);
		return container === undefined ? [] : [heldAgain(container, box, isLate([id]))];
	});
}

const startsOf = (created: StepId, steps: readonly Step[]): readonly StepId[] =>
	steps.flatMap(({ id, operation }) => {
		if (operation.type !== 'container.start' || 'id' in operation.container) return [];
		return operation.container.createdBy === created ? [id] : [];
	});

type Creation = Extract<Operation, { readonly type: 'container.create' }>;

function madeHold({ spec, service, replaces }: Creation, isLate: boolean): readonly PlannedHold[] {
	// A hook runs on what is reserved for the container after it.
	if (label.hook in spec.labels) return [];
	const ids = (spec.labels[label.gpuIds] ?? 'none').split(' ').filter((id) => id !== '' && id !== 'none');
	if (ids.length === 0 || onlyLooks(spec)) return [];
	const memory = Number(spec.labels[label.gpuMemory]);
	const terms = { share: spec.labels[label.gpuShare] === 'true', ...(memory > 0 && { memory }) };
	const key = containerKey(spec.labels) ?? service;
	return [{ key, ids, terms, made: spec.name, containers: replaces === undefined ? [] : [replaces], isLate }];
}

const onlyLooks = ({ labels, service }: ContainerSpec): boolean =>
	labels[label.gpuRole] === 'observer' || serviceWish(service)?.observes === true;

/** One that ended, or that has none for the moment in which it restarts. */
function startedAgain(operation: Operation, { containers }: GpuBox): GpuContainer | undefined {
	if (operation.type !== 'container.start' && operation.type !== 'container.restart') return undefined;
	const { container } = operation;
	const found = 'id' in container ? containers.find(({ id }) => id === container.id) : undefined;
	return found === undefined || holdsNone(found.wish) ? undefined : found;
}

function heldAgain(container: GpuContainer, { inventory }: GpuBox, isLate: boolean): PlannedHold {
	const { id, name, key = name, terms } = container;
	const ids = [...claimedUnits(container, inventory).map((unit) => unit.id), ...lostIds(container, inventory)];
	return { key, ids, terms, containers: [id], isLate };
}

/** Steps behind one that waits for something. */
function lateSteps(steps: readonly Step[]): ReadonlySet<StepId> {
	const late = new Set<StepId>();
	for (const { id, operation, dependsOn } of steps) {
		if (operation.type === 'container.await' || dependsOn.some((before) => late.has(before))) late.add(id);
	}
	return late;
}
