import type { ContainerEvent, SystemApi } from '../engine/system-api.ts';
import { label } from '../state/labels.ts';

/** Tells when something happens to containers of a project: one subscription serves all who wait. */
export interface ContainerWatch {
	/** Calls back on every event of the container until `signal` aborts. Resolves when the engine is listened to. */
	onChange(containerId: string, listener: () => void, signal: AbortSignal): Promise<void>;
	close(): void;
}

/** Subscribes at the first listener, so that a run in which nobody waits makes no call. */
export function watchContainers(engine: Pick<SystemApi, 'containerEvents'>, projectName: string): ContainerWatch {
	const listeners = new Map<string, Set<() => void>>();
	const closed = new AbortController();
	let subscription: Promise<void> | undefined;
	/** Streams in a row that ended without a word: such an engine is not asked again at once. */
	let silentEnds = 0;

	const notify = (event: ContainerEvent): void => {
		for (const listener of listeners.get(event.containerId) ?? []) listener();
	};
	const wakeAll = (): void => {
		for (const group of listeners.values()) for (const listener of group) listener();
	};
	const isAwaited = (): boolean => !closed.signal.aborted && [...listeners.values()].some(({ size }) => size > 0);
	const subscribe = async (): Promise<void> => {
		const events = await engine.containerEvents([`${label.project}=${projectName}`], closed.signal);
		void listen(events);
	};
	/** A stream that ends may have lost events: who still waits gets a new one, and then looks again. */
	const listen = async (events: AsyncIterable<ContainerEvent>): Promise<void> => {
		let hasTold = false;
		await forEachEvent(events, (event) => {
			hasTold = true;
			notify(event);
		});
		subscription = undefined;
		silentEnds = hasTold ? 0 : silentEnds + 1;
		if (silentEnds > 1) await restOf(closed.signal);
		if (!isAwaited()) return;
		subscription ??= subscribe();
		await subscription.catch(() => {
			subscription = undefined;
		});
		wakeAll();
	};

	return {
		async onChange(containerId, listener, signal) {
			addListener(listeners, containerId, listener);
			signal.addEventListener('abort', () => listeners.get(containerId)?.delete(listener), { once: true });
			subscription ??= subscribe();
			await subscription;
		},
		close: () => closed.abort(),
	};
}

const restMs = 10_000;

/** Waits a while, or until `signal` aborts. */
function restOf(signal: AbortSignal): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	if (signal.aborted) return Promise.resolve();
	const timer = setTimeout(resolve, restMs);
	const end = (): void => {
		clearTimeout(timer);
		resolve();
	};
	signal.addEventListener('abort', end, { once: true });
	return promise.finally(() => signal.removeEventListener('abort', end));
}

function addListener(listeners: Map<string, Set<() => void>>, containerId: string, listener: () => void): void {
	const group = listeners.get(containerId) ?? new Set();
	group.add(listener);
	listeners.set(containerId, group);
}

/** A broken stream is no failure of those who wait: they look from time to time anyway. */
async function forEachEvent(events: AsyncIterable<ContainerEvent>, onEvent: (event: ContainerEvent) => void) {
	try {
		for await (const event of events) onEvent(event);
	} catch {
		return;
	}
}
