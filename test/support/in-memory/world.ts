import type { ContainerSpec, ContainerState, ObservedMount } from '../../../src/engine/container-api.ts';
import type { ImageDetails } from '../../../src/engine/image-api.ts';
import type { Labels } from '../../../src/engine/labels.ts';
import type { NetworkSummary } from '../../../src/engine/network-api.ts';
import type { OutputFrame } from '../../../src/engine/streams.ts';
import type { ContainerEvent, Departure } from '../../../src/engine/system-api.ts';
import type { VolumeSummary } from '../../../src/engine/volume-api.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

/** What a container of the in-memory engine does once it is started. */
export interface Behaviour {
	/** Ends by itself after `exitAfterMs`, with `exitCode`. */
	readonly exitAfterMs?: number;
	readonly exitCode?: number;
	/** With a health check: when the first probe tells, and what it says. */
	readonly healthAfterMs?: number;
	readonly health?: 'healthy' | 'unhealthy';
	readonly stdout?: string;
	readonly stderr?: string;
	/** Refuses to start, in the engine's words. */
	readonly startError?: string;
}

export interface WorldOptions {
	/** Local images: reference → what differs from an empty one. */
	readonly images?: Readonly<Record<string, Partial<ImageDetails>>>;
	/** References that a pull finds. */
	readonly pullable?: readonly string[];
	/** References that no registry takes. */
	readonly refused?: readonly string[];
	behaviour?(spec: ContainerSpec): Behaviour;
	/** What a command run inside a container prints and ends with. */
	exec?(command: readonly string[]): Behaviour;
}

export interface LiveContainer {
	readonly id: string;
	name: string;
	readonly spec: ContainerSpec;
	readonly imageId: string;
	readonly mounts: readonly ObservedMount[];
	/** Network name → id. */
	readonly networks: Map<string, string>;
	state: ContainerState;
	exitCode: number;
	health: 'starting' | 'healthy' | 'unhealthy' | undefined;
	finishedAt: string | undefined;
	readonly output: OutputFrame[];
	/** What was unpacked into it. */
	readonly archives: Uint8Array[];
	readonly timers: NodeJS.Timeout[];
	/** Called when it ends and when it is removed. */
	readonly waiters: Set<(event: 'exit' | 'removed') => void>;
}

/** All that the in-memory engine holds, and the events it tells. */
export interface World {
	readonly options: WorldOptions;
	readonly containers: Map<string, LiveContainer>;
	readonly networks: Map<string, NetworkSummary>;
	readonly volumes: Map<string, VolumeSummary & { readonly anonymous: boolean }>;
	readonly images: Map<string, ImageDetails>;
	/** What registries have been given. */
	readonly pushed: Set<string>;
	readonly listeners: Set<(event: ContainerEvent) => void>;
	readonly mourners: Set<(departure: Departure) => void>;
	newId(): string;
}

export function createWorld(options: WorldOptions): World {
	let made = 0;
	const newId = (): string => {
		made += 1;
		return made.toString(16).padStart(12, '0').padEnd(64, 'f');
	};
	const images = Object.entries(options.images ?? {}).map(([reference, image]): [string, ImageDetails] => [
		normalReference(reference),
		{ id: `sha256:${newId()}`, labels: {}, volumes: [], config: {}, ...image },
	]);
	return {
		options,
		containers: new Map(),
		networks: new Map(),
		volumes: new Map(),
		images: new Map(images),
		pushed: new Set(),
		listeners: new Set(),
		mourners: new Set(),
		newId,
	};
}

export function tell(world: World, container: LiveContainer, action: string, exitCode?: number): void {
	const now = Date.now();
	const event: ContainerEvent = {
		action,
		containerId: container.id,
		labels: { ...container.spec.labels, name: container.name, image: container.spec.image },
		time: `${Math.floor(now / 1000)}.${String((now % 1000) * 1e6).padStart(9, '0')}`,
		...(exitCode !== undefined && { exitCode }),
	};
	for (const listener of [...world.listeners]) listener(event);
	if (action === 'die' || action === 'destroy') mourn(world, { kind: 'container', id: container.id });
}

export function mourn(world: World, departure: Departure): void {
	for (const mourner of [...world.mourners]) mourner(departure);
}

export function findContainer(world: World, reference: string): LiveContainer {
	for (const container of world.containers.values()) {
		if (container.id.startsWith(reference) || container.name === reference) return container;
	}
	throw failure('ENGINE_NOT_FOUND', `No such container: ${reference}`);
}

export const failure = (code: ErrorCode, reason: string): LabcError => new LabcError(code, reason);

/** `key` asks for the label, `key=value` for its value too. */
export const carries = (labels: Labels, filter: readonly string[]): boolean =>
	filter.every((condition) => {
		const [key = '', ...value] = condition.split('=');
		return value.length === 0 ? key in labels : labels[key] === value.join('=');
	});

export const normalReference = (reference: string): string =>
	/:[^/]*$|@/.test(reference) ? reference : `${reference}:latest`;
