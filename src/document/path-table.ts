import type { MappingEntry, MappingNode, Node, SequenceNode } from './node.ts';
import type { AttributePath } from './path.ts';

/** Values by path pattern, as a tree, so that a walk over a document finds them without joining paths. */
export interface PathTable<T> {
	readonly value: T | undefined;
	readonly children: ReadonlyMap<string, PathTable<T>>;
}

/** A table out of rows such as `services.*.ports`; `*` stands for any key or index. */
export function pathTable<T>(rows: Readonly<Record<string, T>>): PathTable<T> {
	const root: MutableTable<T> = { value: undefined, children: new Map() };
	for (const [pattern, value] of Object.entries(rows)) {
		let table = root;
		for (const step of pattern.split('.')) {
			const child: MutableTable<T> = table.children.get(step) ?? { value: undefined, children: new Map() };
			table.children.set(step, child);
			table = child;
		}
		table.value = value;
	}
	return root;
}

interface MutableTable<T> {
	value: T | undefined;
	readonly children: Map<string, MutableTable<T>>;
}

export const childTable = <T>(table: PathTable<T> | undefined, step: string | number): PathTable<T> | undefined =>
	table?.children.get(String(step)) ?? table?.children.get('*');

export type Rewriter = (node: Node, path: AttributePath) => Node;

/** `node` with each matching part rewritten, outer parts before inner ones. What does not match is shared, not copied. */
export function rewrite(node: Node, table: PathTable<Rewriter> | undefined, path: AttributePath = []): Node {
	if (table === undefined) return node;
	const own = table.value === undefined ? node : table.value(node, path);
	if (table.children.size === 0 || own.kind === 'scalar') return own;
	return own.kind === 'sequence' ? rewriteItems(own, table, path) : rewriteEntries(own, table, path);
}

function rewriteItems(node: SequenceNode, table: PathTable<Rewriter>, path: AttributePath): Node {
	const items = node.items.map((item, index) => {
		const inner = childTable(table, index);
		return inner === undefined ? item : rewrite(item, inner, [...path, index]);
	});
	return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

function rewriteEntries(node: MappingNode, table: PathTable<Rewriter>, path: AttributePath): Node {
	let entries: Map<string, MappingEntry> | undefined;
	for (const [key, entry] of node.entries) {
		const inner = childTable(table, key);
		const value = inner === undefined ? entry.value : rewrite(entry.value, inner, [...path, key]);
		if (value === entry.value) continue;
		entries ??= new Map(node.entries);
		entries.set(key, { ...entry, value });
	}
	return entries === undefined ? node : { ...node, entries };
}
