/** A bell that is not missed: a ring between two waits ends the next one at once. */
export interface WakeUp {
	readonly wake: () => void;
	/** Resolves at the next ring, or when the signal aborts. */
	next(): Promise<void>;
}

export function newWakeUp(signal: AbortSignal): WakeUp {
	let ring = Promise.withResolvers<void>();
	const wake = (): void => ring.resolve();
	signal.addEventListener('abort', wake, { once: true });
	return {
		wake,
		async next() {
			if (!signal.aborted) await ring.promise;
			ring = Promise.withResolvers<void>();
		},
	};
}
