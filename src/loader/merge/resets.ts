import type { MappingEntry, Node } from '../../document/node.ts';
import type { AttributePath } from '../../document/path.ts';

/** `tree` without what stands at `paths`. Items of lists have no place of their own: a path into a list removes nothing. */
export function withoutPaths(tree: Node, paths: readonly AttributePath[]): Node {
	const removal = new Map<string, Removal>();
	for (const path of paths) addPath(removal, path);
	return without(tree, removal);
}

/** What to remove below a place: all of a key, or something further inside. */
type Removal = 'all' | Map<string, Removal>;

function addPath(removal: Map<string, Removal>, [step, ...rest]: AttributePath): void {
	if (typeof step !== 'string' || removal.get(step) === 'all') return;
	if (rest.length === 0) {
		removal.set(step, 'all');
		return;
	}
	const inner = removal.get(step) ?? new Map<string, Removal>();
	removal.set(step, inner);
	if (inner !== 'all') addPath(inner, rest);
}

function without(node: Node, removal: ReadonlyMap<string, Removal>): Node {
	if (node.kind !== 'mapping' || removal.size === 0) return node;
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries) {
		const inner = removal.get(key);
		if (inner === undefined) entries.set(key, entry);
		else if (inner !== 'all') entries.set(key, { ...entry, value: without(entry.value, inner) });
	}
	return { ...node, entries };
}

/** Of `paths`, those below `place`, as seen from there. */
export const pathsBelow = (paths: readonly AttributePath[], place: AttributePath): readonly AttributePath[] =>
	paths
		.filter((path) => path.length > place.length && place.every((step, index) => path[index] === step))
		.map((path) => path.slice(place.length));
