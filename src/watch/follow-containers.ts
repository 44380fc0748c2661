import type { ContainerSummary } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { ContainerEvent } from '../engine/system-api.ts';
import { label } from '../state/labels.ts';

/** A container of a service that can't take anything now. */
export interface DownContainer {
	readonly id: string;
	readonly name: string;
	readonly isPaused: boolean;
}

export interface FollowRequest {
	readonly projectName: string;
	readonly signal: AbortSignal;
	/** A container of a service runs: it was found running, was started, or the engine was away meanwhile. */
	onUp(service: string, container: { readonly id: string; readonly name: string }): void;
	onDown(service: string, container: DownContainer): void;
	onGone(id: string): void;
	/** Once for each time the engine is away. */
	onLost(error: unknown): void;
	pause(ms: number): Promise<void>;
}

const reconnectMs = 500;
/** The engine also tells of each copy and each command, and nobody is to be woken for them. */
const followed = ['start', 'unpause', 'die', 'pause', 'destroy'];

/**
 * Tells which containers run, for as long as the signal lets it, also over restarts of the engine. Calls `onListed` when
 * all that run now have been told.
 */
export async function followContainers(
	engine: Pick<Engine, 'containerEvents' | 'listContainers'>,
	request: FollowRequest,
	onListed: () => void,
): Promise<void> {
	const known = new Set<string>();
	let isLost = false;
	const listen = async (): Promise<void> => {
		const filter = [`${label.project}=${request.projectName}`];
		const events = await engine.containerEvents(filter, request.signal, { actions: followed });
		tellListed(await engine.listContainers(filter), known, request);
		isLost = false;
		onListed();
		for await (const event of events) tellEvent(event, known, request);
	};
	while (!request.signal.aborted) {
		await listen().catch((error: unknown) => {
			if (!isLost && !request.signal.aborted) request.onLost(error);
			isLost = true;
		});
		if (!request.signal.aborted) await request.pause(reconnectMs);
	}
}

function tellListed(containers: readonly ContainerSummary[], known: Set<string>, request: FollowRequest): void {
	const there = new Set(containers.map(({ id }) => id));
	for (const id of known) {
		if (!there.has(id)) request.onGone(id);
	}
	for (const { id, name, labels, state } of containers) {
		const service = serviceOf(labels);
		if (service === undefined) continue;
		known.add(id);
		if (state === 'running') request.onUp(service, { id, name });
		else request.onDown(service, { id, name, isPaused: state === 'paused' });
	}
}

function tellEvent(
	{ action, containerId: id, labels }: ContainerEvent,
	known: Set<string>,
	request: FollowRequest,
): void {
	const service = serviceOf(labels);
	if (service === undefined) return;
	known.add(id);
	const name = labels['name'] ?? id;
	if (action === 'start' || action === 'unpause') request.onUp(service, { id, name });
	if (action === 'die' || action === 'pause') request.onDown(service, { id, name, isPaused: action === 'pause' });
	if (action === 'destroy') {
		known.delete(id);
		request.onGone(id);
	}
}

/** One-offs are nobody's replicas. */
const serviceOf = (labels: ContainerSummary['labels']): string | undefined =>
	labels[label.oneOff] === 'True' ? undefined : labels[label.service];
