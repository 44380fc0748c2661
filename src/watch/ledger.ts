import type { CopySource } from './decide.ts';

/** What one service's containers must have: every path that was copied or deleted since watching began. */
export interface Ledger {
	/** By the path in the containers. */
	readonly entries: ReadonlyMap<string, CopySource>;
	/** Notes what changed: all containers known are to be brought to it. */
	note(copies: ReadonlyMap<string, CopySource>): void;
	/** Begins to keep account of a container. */
	add(container: string): void;
	remove(container: string): void;
	/** The paths are not as they must be, or could not be made so. */
	mark(container: string, targets: Iterable<string>): void;
	/** Takes what is to be done for a container, all of it. */
	take(container: string): ReadonlyMap<string, CopySource>;
	hasWork(container: string): boolean;
}

export function newLedger(): Ledger {
	const entries = new Map<string, CopySource>();
	const open = new Map<string, Set<string>>();
	const mark = (container: string, targets: Iterable<string>): void => {
		const paths = open.get(container);
		for (const target of targets) paths?.add(target);
	};
	return {
		entries,
		note(copies) {
			for (const [target, source] of copies) entries.set(target, source);
			for (const container of open.keys()) mark(container, copies.keys());
		},
		add(container) {
			if (!open.has(container)) open.set(container, new Set());
		},
		remove(container) {
			open.delete(container);
		},
		mark,
		take(container) {
			const taken = new Map<string, CopySource>();
			for (const target of open.get(container) ?? []) {
				const source = entries.get(target);
				if (source !== undefined) taken.set(target, source);
			}
			open.get(container)?.clear();
			return taken;
		},
		hasWork: (container) => (open.get(container)?.size ?? 0) > 0,
	};
}
