import type { Engine } from '../../src/engine/engine.ts';
import type { SystemApi } from '../../src/engine/system-api.ts';
import { inMemoryContainers } from './in-memory/containers.ts';
import { inMemoryImages, inMemoryNetworks, inMemoryVolumes } from './in-memory/resources.ts';
import { inMemoryStreams } from './in-memory/streams.ts';
import { carries, createWorld, type World, type WorldOptions } from './in-memory/world.ts';

export type { Behaviour, WorldOptions } from './in-memory/world.ts';

/** An engine that behaves like one and lives in this process. Test code may look at and change its world. */
export type InMemoryEngine = Engine & {
	readonly world: World;
	/** Every call so far, by method name, with its first argument where that is text. */
	readonly calls: readonly string[];
};

export function createInMemoryEngine(options: WorldOptions = {}): InMemoryEngine {
	const world = createWorld(options);
	const calls: string[] = [];
	const engine: Engine = {
		...inMemorySystem(world),
		...inMemoryContainers(world),
		...inMemoryStreams(world),
		...inMemoryNetworks(world),
		...inMemoryVolumes(world),
		...inMemoryImages(world),
	};
	return { ...recorded(engine, calls), world, calls };
}

const inMemorySystem = (world: World): SystemApi => ({
	version: async () => ({
		version: '28.5.2',
		apiVersion: '1.51',
		negotiatedApiVersion: '1.51',
		os: 'linux',
		arch: 'amd64',
	}),
	machine: async () => ({
		name: 'lab-box',
		operatingSystem: 'linux',
		cgroupDriver: 'systemd',
		cgroupVersion: '2',
		memory: 64 * 1024 ** 3,
		dataRoot: '/var/lib/docker',
		runtimes: ['runc'],
		defaultRuntime: 'runc',
		devices: [],
		cdiFolders: [],
		time: undefined,
	}),
	async containerEvents(labels, signal, { actions } = {}) {
		return heardFrom(
			world.listeners,
			signal,
			(event) => carries(event.labels, labels) && actions?.includes(event.action) !== false,
		);
	},
	async departures(signal) {
		return heardFrom(world.mourners, signal, () => true);
	},
});

function heardFrom<T>(
	listeners: Set<(event: T) => void>,
	signal: AbortSignal,
	isMeant: (event: T) => boolean,
): AsyncIterable<T> {
	const queue: T[] = [];
	let wake = (): void => {};
	const listener = (event: T): void => {
		if (isMeant(event)) queue.push(event);
		wake();
	};
	listeners.add(listener);
	signal.addEventListener('abort', () => {
		listeners.delete(listener);
		wake();
	});
	return eventsOf(queue, signal, (resolve) => {
		wake = resolve;
	});
}

async function* eventsOf<T>(queue: T[], signal: AbortSignal, onNext: (resolve: () => void) => void): AsyncGenerator<T> {
	while (!signal.aborted) {
		const event = queue.shift();
		if (event === undefined) await new Promise<void>(onNext);
		else yield event;
	}
}

/** The same engine, noting each call as it is made. */
function recorded(engine: Engine, calls: string[]): Engine {
	const entries = Object.entries(engine).map(([name, method]: [string, (...args: never[]) => unknown]) => [
		name,
		(...args: never[]) => {
			const first: unknown = args[0];
			const named = typeof first === 'object' && first !== null && 'reference' in first ? first.reference : first;
			calls.push(typeof named === 'string' ? `${name} ${named}` : name);
			return method(...args);
		},
	]);
	return Object.fromEntries(entries);
}
