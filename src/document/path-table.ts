import type { MappingEntry, Node } from './node.ts';
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
	if (own.kind === 'sequence') {
		return { ...own, items: own.items.map((item, index) => rewrite(item, childTable(table, index), [...path, index])) };
	}
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of own.entries) {
		const value = rewrite(entry.value, childTable(table, key), [...path, key]);
		entries.set(key, value === entry.value ? entry : { ...entry, value });
	}
	return { ...own, entries };
}
