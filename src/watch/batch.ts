/** Times in milliseconds. */
export interface BatchTimes {
	/** A batch is over when nothing came for so long… */
	readonly quiet: number;
	/** …and at the latest so long after its first change, so that a steady writer does not hold it up. */
	readonly cap: number;
}

/** Collects what comes close together. Knows no clock: it is told the time. */
export interface Batch<T> {
	add(item: T, now: number): void;
	/** When it is to be taken; undefined while it is empty. */
	dueAt(): number | undefined;
	/** All that was collected, each once, in the order in which it first came. */
	take(): readonly T[];
}

export function newBatch<T>({ quiet, cap }: BatchTimes): Batch<T> {
	let items = new Set<T>();
	let first = 0;
	let last = 0;
	return {
		add(item, now) {
			if (items.size === 0) first = now;
			last = now;
			items.add(item);
		},
		dueAt: () => (items.size === 0 ? undefined : Math.min(last + quiet, first + cap)),
		take() {
			const taken = [...items];
			items = new Set();
			return taken;
		},
	};
}
