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

	const notify = (event: ContainerEvent): void => {
		for (const listener of listeners.get(event.containerId) ?? []) listener();
	};
	const wakeAll = (): void => {
		for (const group of listeners.values()) for (const listener of group) listener();
	};
	const subscribe = async (): Promise<void> => {
		const events = await engine.containerEvents([`${label.project}=${projectName}`], closed.signal);
		/** A stream that ends may have lost events: everybody looks again, and the next listener subscribes anew. */
		void forEachEvent(events, notify).finally(() => {
			subscription = undefined;
			if (!closed.signal.aborted) wakeAll();
		});
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
