import type {
	ContainerApi,
	ContainerDetails,
	ContainerSpec,
	ContainerSummary,
	ObservedMount,
} from '../../../src/engine/container-api.ts';
import { end, forget, pause, restart, start, unpause } from './container-life.ts';
import { carries, failure, findContainer, type LiveContainer, normalReference, type World } from './world.ts';

type Lifecycle = Omit<
	ContainerApi,
	'attachContainer' | 'containerLogs' | 'createExec' | 'startExec' | 'startDetachedExec' | 'inspectExec' | 'resizeExec'
>;

export const inMemoryContainers = (world: World): Lifecycle => ({
	listContainers: async (labels) =>
		[...world.containers.values()]
			.filter(({ spec }) => carries(spec.labels, labels))
			.map(summary)
			.reverse(),
	inspectContainer: async (id) => details(findContainer(world, id)),
	createContainer: async (spec) => create(world, spec),
	startContainer: async (id) => start(world, findContainer(world, id)),
	stopContainer: async (id) => end(world, findContainer(world, id), 143),
	restartContainer: async (id) => restart(world, findContainer(world, id)),
	pauseContainer: async (id) => pause(findContainer(world, id)),
	unpauseContainer: async (id) => unpause(findContainer(world, id)),
	async killContainer(id, signal) {
		const container = findContainer(world, id);
		if (container.state !== 'running') throw failure('ENGINE_CONFLICT', `container ${id} is not running`);
		if (signal === 'SIGKILL' || signal === 'KILL' || signal === '9') end(world, container, 137);
		else if (/TERM|INT|^(2|15)$/.test(signal)) end(world, container, 143);
	},
	async containerProcesses(id) {
		const { name, state } = findContainer(world, id);
		if (state !== 'running') throw failure('ENGINE_CONFLICT', `container ${name} is not running`);
		return { titles: ['UID', 'PID', 'CMD'], processes: [['root', '1', 'sleep 900']] };
	},
	async containerStats(id) {
		const share = findContainer(world, id).state === 'running' ? 1 : 0;
		return {
			cpuShare: 0.125 * share,
			memory: 2048 * share,
			memoryLimit: 4096 * share,
			received: 1000 * share,
			sent: 10 * share,
			read: 0,
			written: 5 * share,
			processes: share,
		};
	},
	async renameContainer(id, name) {
		const container = findContainer(world, id);
		refuseTakenName(world, name);
		container.name = name;
	},
	async removeContainer(id, { force, volumes }) {
		const container = findContainer(world, id);
		if (container.state === 'running') {
			if (!force) throw failure('ENGINE_CONFLICT', `cannot remove container "${id}": container is running`);
			end(world, container, 137);
		}
		if (world.containers.has(container.id)) forget(world, container);
		if (volumes) dropAnonymous(world, container);
	},
	async putArchive(id, archive) {
		findContainer(world, id).archives.push(Buffer.concat([...archive]));
	},
	waitContainer: (id, condition, signal) => wait(findContainer(world, id), condition, signal),
	async resizeContainer(id) {
		findContainer(world, id);
	},
});

function create(world: World, spec: ContainerSpec): { readonly id: string; readonly warnings: readonly string[] } {
	refuseTakenName(world, spec.name);
	const image = world.images.get(normalReference(spec.image)) ?? imageById(world, spec.image);
	if (image === undefined) throw failure('IMAGE_UNAVAILABLE', `No such image: ${spec.image}`);
	const container: LiveContainer = {
		id: world.newId(),
		name: spec.name,
		spec,
		imageId: image.id,
		mounts: mountsOf(world, spec, image.volumes),
		networks: new Map(spec.networks.map(({ network }) => [network, ''])),
		state: 'created',
		exitCode: 0,
		health: undefined,
		finishedAt: undefined,
		output: [],
		archives: [],
		timers: [],
		waiters: new Set(),
	};
	world.containers.set(container.id, container);
	return { id: container.id, warnings: [] };
}

const imageById = (world: World, id: string) => [...world.images.values()].find((image) => image.id === id);

function refuseTakenName(world: World, name: string): void {
	for (const other of world.containers.values()) {
		if (other.name !== name) continue;
		throw failure('ENGINE_CONFLICT', `the container name "/${name}" is already in use by container "${other.id}"`);
	}
}

/** Named volumes are made when they are missing; what the image declares becomes anonymous ones. */
function mountsOf(world: World, spec: ContainerSpec, imageVolumes: readonly string[]): readonly ObservedMount[] {
	const declared = (spec.service.volumes ?? []).map((mount): ObservedMount => {
		if (mount.type !== 'volume') return { type: mount.type, source: mount.source ?? '', destination: mount.target };
		const name = mount.source === undefined ? undefined : (spec.volumeNames.get(mount.source) ?? mount.source);
		return volumeMount(world, mount.target, name ?? spec.inheritedVolumes.get(mount.target));
	});
	const targets = new Set(declared.map(({ destination }) => destination));
	const others = imageVolumes
		.filter((target) => !targets.has(target))
		.map((target) => volumeMount(world, target, spec.inheritedVolumes.get(target)));
	return [...declared, ...others];
}

function volumeMount(world: World, destination: string, given: string | undefined): ObservedMount {
	const name = given ?? world.newId();
	if (!world.volumes.has(name)) world.volumes.set(name, { name, labels: {}, anonymous: given === undefined });
	return { type: 'volume', name, source: `/volumes/${name}`, destination };
}

function dropAnonymous(world: World, container: LiveContainer): void {
	for (const { name } of container.mounts) {
		if (name !== undefined && world.volumes.get(name)?.anonymous === true) world.volumes.delete(name);
	}
}

function wait(
	container: LiveContainer,
	condition: 'not-running' | 'next-exit' | 'removed',
	signal: AbortSignal | undefined,
): Promise<{ readonly exitCode: number }> {
	const isRunning = container.state === 'running' || container.state === 'paused';
	if (condition === 'not-running' && !isRunning) return Promise.resolve({ exitCode: container.exitCode });
	const awaited = condition === 'removed' ? 'removed' : 'exit';
	return new Promise((resolve, reject) => {
		const waiter = (event: 'exit' | 'removed'): void => {
			if (event !== awaited) return;
			container.waiters.delete(waiter);
			resolve({ exitCode: container.exitCode });
		};
		container.waiters.add(waiter);
		signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
	});
}

const summary = (container: LiveContainer): ContainerSummary => ({
	id: container.id,
	name: container.name,
	image: container.spec.image,
	imageId: container.imageId,
	command: (container.spec.service.command ?? []).join(' '),
	created: 0,
	state: container.state,
	status: statusText(container),
	labels: container.spec.labels,
	ports: (container.spec.service.ports ?? []).map(({ target, published, protocol }) => ({
		privatePort: target,
		...(container.state === 'running' && published !== undefined && { publicPort: Number(published) }),
		type: protocol,
	})),
	networks: new Map([...container.networks].map(([name, networkId]) => [name, { networkId }])),
	mounts: container.mounts,
});

function statusText({ state, exitCode, health }: LiveContainer): string {
	if (state === 'created') return 'Created';
	if (state === 'exited') return `Exited (${exitCode}) Less than a second ago`;
	const note = health === 'starting' ? ' (health: starting)' : health === undefined ? '' : ` (${health})`;
	return `Up Less than a second${note}${state === 'paused' ? ' (Paused)' : ''}`;
}

const details = (container: LiveContainer): ContainerDetails => ({
	id: container.id,
	name: container.name,
	state: {
		status: container.state,
		running: container.state === 'running',
		exitCode: container.exitCode,
		oomKilled: false,
		error: '',
		...(container.finishedAt !== undefined && { finishedAt: container.finishedAt }),
		...(container.health !== undefined && { health: container.health }),
	},
	config: { Image: container.spec.image, Tty: container.spec.service.tty === true, Labels: container.spec.labels },
	hostConfig: { NetworkMode: container.spec.networkMode ?? container.spec.networks[0]?.network ?? 'none' },
	endpoints: {},
	tty: container.spec.service.tty === true,
	mounts: container.mounts,
});
