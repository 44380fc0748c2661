import type { ContainerSpec } from '../../src/engine/container-api.ts';
import type { ContainerReference, Operation, Plan, Step, StepId } from '../../src/plan/plan.ts';
import { settleSpec } from '../../src/plan/settle-spec.ts';
import { label } from '../../src/state/labels.ts';
import { readContainer } from '../../src/state/observe.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import { idOf, image } from './plan-cases.ts';

interface World {
	readonly containers: Map<string, ObservedContainer>;
	readonly networks: Map<
		string,
		{ readonly id: string; readonly name: string; readonly labels: Readonly<Record<string, string>> }
	>;
	readonly volumes: Map<string, { readonly name: string; readonly labels: Readonly<Record<string, string>> }>;
	readonly images: Map<string, ReturnType<typeof image>>;
	readonly created: Map<StepId, string>;
	made: number;
}

/**
 * Which of the steps that could be next is next. With `latest` a step is taken as early as its dependencies let it,
 * before all that stand in front of it; numbers choose one each, over and over.
 */
export type Order = 'as listed' | 'latest' | readonly number[];

/** What the lists show once the plan was carried out on `before`. Throws where the engine would refuse a step. */
export function simulatePlan(before: ObservedState, plan: Plan, order: Order = 'as listed'): ObservedState {
	const world = worldOf(before);
	for (const step of ordered(plan, order)) carryOut(step.operation, step.id, world);
	return observed(world);
}

/** What the lists show when the run was cut off before what would have been its step number `end`. */
export function simulateCutOff(
	before: ObservedState,
	plan: Plan,
	{ end, order = 'as listed' }: { readonly end: number; readonly order?: Order },
): ObservedState {
	const world = worldOf(before);
	for (const step of ordered(plan, order).slice(0, end - 1)) carryOut(step.operation, step.id, world);
	return observed(world);
}

/** What the lists show when the engine refused `failing`: what depends on it was skipped, and rolled back what can be. */
export function simulateFailure(
	before: ObservedState,
	plan: Plan,
	{ failing, order = 'as listed' }: { readonly failing: StepId; readonly order?: Order },
): ObservedState {
	const world = worldOf(before);
	const lost = lostWith(failing, plan);
	for (const { id, operation } of ordered(plan, order).filter(({ id: step }) => !lost.has(step))) {
		carryOut(operation, id, world);
	}
	const needed = (plan.rollbacks ?? []).filter(({ guards }) => guards.some((guard) => lost.has(guard)));
	for (const { operation } of needed.flatMap(({ steps }) => steps.filter(({ undoes = 0 }) => !lost.has(undoes)))) {
		carryOut(operation, 0, world);
	}
	return observed(world);
}

/** The steps that do not come about: the one that fails and all that wait for it. */
function lostWith(failing: StepId, { steps }: Plan): ReadonlySet<StepId> {
	const lost = new Set<StepId>([failing]);
	for (const { id, dependsOn } of steps) {
		if (dependsOn.some((needed) => lost.has(needed))) lost.add(id);
	}
	return lost;
}

const worldOf = (before: ObservedState): World => ({
	containers: new Map(
		[...before.containers, ...(before.hookContainers ?? []).map(readContainer)].map((one) => [one.id, one]),
	),
	networks: new Map([...before.networks.values()].flat().map((network) => [network.id, network])),
	volumes: new Map(before.volumes),
	images: new Map(before.images),
	created: new Map(),
	made: 0,
});

function observed(world: World): ObservedState {
	const all = [...world.containers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	return {
		containers: all.filter((one) => !isOfHook(one)),
		hookContainers: all.filter(isOfHook),
		...resourcesOf(world),
	};
}

/** As they are told apart in the engine's lists. */
const isOfHook = ({ labels }: ObservedContainer): boolean => label.hook in labels;

const resourcesOf = (world: World): Pick<ObservedState, 'networks' | 'volumes' | 'images'> => ({
	networks: Map.groupBy(world.networks.values(), ({ name }) => name),
	volumes: world.volumes,
	images: world.images,
});

function ordered({ steps }: Plan, order: Order): readonly Step[] {
	if (order === 'as listed') return steps;
	const done = new Set<StepId>();
	const taken: Step[] = [];
	while (taken.length < steps.length) {
		const ready = steps.filter(({ id, dependsOn }) => !done.has(id) && dependsOn.every((needed) => done.has(needed)));
		const chosen = order === 'latest' ? -1 : (order[taken.length % order.length] ?? 0) % ready.length;
		const next = ready.at(chosen);
		if (next === undefined) throw new Error('a step waits for one that never comes');
		done.add(next.id);
		taken.push(next);
	}
	return taken;
}

function carryOut(operation: Operation, step: StepId, world: World): void {
	switch (operation.type) {
		case 'image.pull':
			world.images.set(operation.image, image());
			return;
		case 'image.push':
		case 'image.build':
		case 'image.remove':
		case 'provider.run':
		case 'model.prepare':
			return;
		case 'network.create': {
			const id = idOf(`${operation.network.name} ${world.made++}`);
			world.networks.set(id, { id, name: operation.network.name, labels: operation.labels });
			return;
		}
		case 'network.remove': {
			const user = [...world.containers.values()].find(({ networks }) =>
				[...networks.values()].some(({ networkId }) => networkId === operation.id),
			);
			if (user !== undefined) throw new Error(`network ${operation.name} is in use by ${user.name}`);
			world.networks.delete(operation.id);
			return;
		}
		case 'network.connect':
		case 'network.disconnect':
			changeEndpoint(operation, world);
			return;
		case 'volume.create':
			world.volumes.set(operation.volume.name, { name: operation.volume.name, labels: operation.labels });
			return;
		case 'volume.remove': {
			const user = [...world.containers.values()].find(({ mounts }) =>
				mounts.some(({ name }) => name === operation.name),
			);
			if (user !== undefined) throw new Error(`volume ${operation.name} is in use by ${user.name}`);
			world.volumes.delete(operation.name);
			return;
		}
		case 'container.await':
			for (const reference of operation.containers) becomeHealthy(reference, world);
			return;
		case 'container.copy':
			find(operation.container, world);
			return;
		case 'container.exec': {
			const { name, state } = find(operation.container, world);
			if (state !== 'running') throw new Error(`container ${name} has a hook and does not run`);
			return;
		}
		case 'container.create':
			world.created.set(step, createContainer(settled(operation, world), world));
			return;
		default:
			changeContainer(operation, world);
	}
}

/** As the executor does it. */
function settled({ spec, unsettled }: Extract<Operation, { type: 'container.create' }>, world: World): ContainerSpec {
	if (unsettled === undefined) return spec;
	const idOf = (service: string): string | undefined => {
		const reference = unsettled.containers.get(service);
		return reference && find(reference, world).id;
	};
	return settleSpec(spec, idOf, unsettled.hashForm);
}

function becomeHealthy(reference: ContainerReference, world: World): void {
	const container = find(reference, world);
	if (container.state !== 'running' && container.state !== 'restarting')
		throw new Error(`container ${container.name} is awaited and does not run`);
	world.containers.set(container.id, { ...container, state: 'running', health: 'healthy' });
}

type Life = 'start' | 'stop' | 'restart' | 'kill' | 'pause' | 'unpause' | 'rename' | 'remove';
type ContainerChange = Extract<Operation, { type: `container.${Life}` }>;

const ended = { state: 'exited', status: 'Exited (0)', exitCode: 0, ports: [] } as const;
const up = { state: 'running', status: 'Up 1 second (healthy)', health: 'healthy', exitCode: undefined } as const;

/** What becomes of a container that is changed and stays. */
const effects: Partial<Readonly<Record<ContainerChange['type'], Partial<ObservedContainer>>>> = {
	'container.start': up,
	'container.stop': ended,
	'container.restart': up,
	'container.kill': ended,
	'container.pause': { state: 'paused' },
	'container.unpause': { state: 'running' },
};

function changeContainer(operation: ContainerChange, world: World): void {
	const container = find(operation.container, world);
	const change = (given: Partial<ObservedContainer>): unknown =>
		world.containers.set(container.id, { ...container, ...given });
	if (operation.type === 'container.remove') world.containers.delete(container.id);
	if (operation.type === 'container.start' && /^(paused|dead|removing)$/.test(container.state))
		throw new Error(`container ${container.name} can't be started: ${container.state}`);
	const effect = effects[operation.type];
	if (effect !== undefined) change(effect);
	if (operation.type !== 'container.rename') return;
	if ([...world.containers.values()].some(({ name }) => name === operation.to))
		throw new Error(`name ${operation.to} is in use`);
	change({ name: operation.to });
}

function find(reference: ContainerReference, world: World): ObservedContainer {
	const id = 'id' in reference ? reference.id : world.created.get(reference.createdBy);
	const container = world.containers.get(id ?? '');
	if (container === undefined) throw new Error(`container ${reference.name} is not there`);
	return container;
}

function changeEndpoint(
	operation: Extract<Operation, { type: `network.${'connect' | 'disconnect'}` }>,
	world: World,
): void {
	const container = find(operation.container, world);
	const networks = new Map(container.networks);
	if (operation.type === 'network.disconnect') {
		for (const [name, { networkId }] of networks) if (networkId === operation.id) networks.delete(name);
	} else {
		networks.set(operation.endpoint.network, { networkId: networkIdOf(operation.endpoint.network, world) });
	}
	world.containers.set(container.id, { ...container, networks });
}

function networkIdOf(name: string, world: World): string {
	const found = [...world.networks.values()].find((network) => network.name === name);
	if (found === undefined) throw new Error(`network ${name} is not there`);
	return found.id;
}

/** One that nothing else has, not even what was made before this plan. */
function newId(name: string, world: World): string {
	const id = idOf(`${world.made++} ${name}`);
	return world.containers.has(id) ? newId(name, world) : id;
}

/** A hook's container has the volumes of its service's. */
const mountsFrom = ({ service: { volumes_from = [] } }: ContainerSpec, world: World): ObservedContainer['mounts'] =>
	volumes_from.flatMap((from) => {
		const found = [...world.containers.values()].find(({ name }) => name === from);
		if (found === undefined) throw new Error(`container ${from} is not there to take volumes from`);
		return found.mounts;
	});

function createContainer(spec: ContainerSpec, world: World): string {
	if ([...world.containers.values()].some(({ name }) => name === spec.name))
		throw new Error(`name ${spec.name} is in use`);
	const id = newId(spec.name, world);
	const own = (spec.service.volumes ?? []).map(({ type, source, target }) => {
		const name =
			source === undefined ? (spec.inheritedVolumes.get(target) ?? `anonymous-${id}`) : spec.volumeNames.get(source);
		if (type === 'volume' && source !== undefined && !world.volumes.has(name ?? ''))
			throw new Error(`volume ${name} is not there`);
		return { type, source: '', destination: target, ...(type === 'volume' && name !== undefined && { name }) };
	});
	const mounts = [...own, ...(label.hook in spec.labels ? mountsFrom(spec, world) : [])];
	world.containers.set(
		id,
		readContainer({
			id,
			name: spec.name,
			image: spec.image,
			imageId: spec.labels[label.image] ?? '',
			command: '',
			created: world.made,
			state: 'created',
			status: 'Created',
			labels: spec.labels,
			ports: [],
			networks: new Map(spec.networks.map(({ network }) => [network, { networkId: networkIdOf(network, world) }])),
			mounts,
		}),
	);
	return id;
}
