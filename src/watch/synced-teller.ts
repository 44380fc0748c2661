/** Paths that were brought to so many containers. */
export interface Synced {
	readonly changed: readonly string[];
	/** Those of them that are no longer there. */
	readonly deleted: readonly string[];
	readonly count: number;
	/** When the first of them was taken. */
	readonly since: number;
}

/** Batches that came while a transfer was under way end with the next one, all at once: they are told as one. */
export function newSyncedTeller(tell: (synced: Synced) => void): (synced: Synced) => Promise<void> {
	let waiting: Synced | undefined;
	let telling: Promise<void> | undefined;
	const tellNow = (): void => {
		if (waiting !== undefined) tell(waiting);
		waiting = undefined;
	};
	return (synced) => {
		if (waiting !== undefined && waiting.count !== synced.count) tellNow();
		waiting = waiting === undefined ? synced : together(waiting, synced);
		telling ??= new Promise((resolve) =>
			setImmediate(() => {
				telling = undefined;
				tellNow();
				resolve();
			}),
		);
		return telling;
	};
}

const together = (first: Synced, then: Synced): Synced => ({
	changed: [...new Set([...first.changed, ...then.changed])],
	deleted: [...new Set([...first.deleted, ...then.deleted])],
	count: first.count,
	since: Math.min(first.since, then.since),
});
