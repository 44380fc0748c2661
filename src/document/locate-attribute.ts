import { locate, type Position, type SourceLocation } from '../errors/source-location.ts';
import type { Node } from './node.ts';
import type { AttributePath } from './path.ts';

/** Finds where an attribute of a project stands in the user's files. */
export type LocateAttribute = (path: AttributePath) => SourceLocation | undefined;

/** Looks in a tree for the nearest part of a path that somebody wrote: a plain value itself, else its key. */
export const attributeLocator =
	(tree: Node): LocateAttribute =>
	(path) => {
		const at = nearestPlace(tree, path);
		return at === undefined ? undefined : locate(at);
	};

function nearestPlace(tree: Node, path: AttributePath): Position | undefined {
	let node = tree;
	let place: Position | undefined;
	for (const step of path) {
		const entry = node.kind === 'mapping' ? node.entries.get(String(step)) : undefined;
		const next = entry?.value ?? (node.kind === 'sequence' ? node.items[Number(step)] : undefined);
		if (next === undefined) break;
		place = entry === undefined || next.kind === 'scalar' ? next.at : entry.keyAt;
		node = next;
	}
	return place;
}
