import path from 'node:path';

/** Paths in a container, and which of them lie at or below another one. */
export interface PathIndex {
	add(target: string): void;
	/** Paths that were added, the one that is asked for among them. */
	from(target: string): Iterable<string>;
}

export function newPathIndex(): PathIndex {
	const added = new Set<string>();
	const below = new Map<string, Set<string>>();
	const hang = (target: string): void => {
		for (let each = target; each !== '/'; each = path.posix.dirname(each)) {
			const siblings = below.get(path.posix.dirname(each));
			if (siblings?.has(each)) return;
			if (siblings === undefined) below.set(path.posix.dirname(each), new Set([each]));
			else siblings.add(each);
		}
	};
	return {
		add(target) {
			if (added.has(target)) return;
			added.add(target);
			hang(target);
		},
		*from(target) {
			const waiting = [target];
			for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
				if (added.has(each)) yield each;
				waiting.push(...(below.get(each) ?? []));
			}
		},
	};
}
