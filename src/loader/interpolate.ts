import type { MappingEntry, MappingNode, Node, ScalarNode, SequenceNode } from '../document/node.ts';
import { childTable, type PathTable } from '../document/path-table.ts';
import { dollarPlaces, reportProblem, reportUnset } from '../document/report-substitution.ts';
import { substitute } from '../document/substitute.ts';
import type { Findings } from '../errors/findings.ts';
import type { Variables } from '../options/variables.ts';
import { type Cast, casts } from './casts.ts';

/** Puts variables in the place of `$NAME` in every text value, then casts what takes numbers and truth values. */
export const interpolate = (tree: Node, variables: Variables, findings: Findings): Node =>
	interpolateNode(tree, casts, { variables, findings, path: [] });

interface Walk {
	readonly variables: Variables;
	readonly findings: Findings;
	/** Where the walk is: one list for all of it, since most values are passed by without a word. */
	readonly path: (string | number)[];
}

interface Spot extends Walk {
	readonly table: PathTable<Cast> | undefined;
}

/** What holds no variable and is not cast is shared, not copied. */
function interpolateNode(node: Node, table: PathTable<Cast> | undefined, walk: Walk): Node {
	if (node.kind === 'mapping') return interpolateMapping(node, table, walk);
	if (node.kind === 'sequence') return interpolateSequence(node, table, walk);
	if (typeof node.value !== 'string' || (table?.value === undefined && !node.value.includes('$'))) return node;
	return interpolateText(node, node.value, { ...walk, table });
}

function interpolateMapping(node: MappingNode, table: PathTable<Cast> | undefined, walk: Walk): Node {
	let entries: Map<string, MappingEntry> | undefined;
	for (const [key, entry] of node.entries) {
		walk.path.push(key);
		const value = interpolateNode(entry.value, childTable(table, key), walk);
		walk.path.pop();
		if (value === entry.value) continue;
		entries ??= new Map(node.entries);
		entries.set(key, { ...entry, value });
	}
	return entries === undefined ? node : { ...node, entries };
}

function interpolateSequence(node: SequenceNode, table: PathTable<Cast> | undefined, walk: Walk): Node {
	const items = node.items.map((item, index) => {
		walk.path.push(index);
		const value = interpolateNode(item, childTable(table, index), walk);
		walk.path.pop();
		return value;
	});
	return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

function interpolateText(node: ScalarNode, written: string, spot: Spot): Node {
	const places = dollarPlaces(written, node.at);
	const placeAt = (offset: number) => ({ at: places(offset), path: spot.path });
	const text = substitute(written, {
		lookup: (name) => spot.variables.get(name),
		onUnset: (name, offset) => reportUnset(name, spot.findings, placeAt(offset)),
	});
	if (typeof text !== 'string') {
		reportProblem(text, spot.findings, placeAt(text.offset));
		return node;
	}
	const replaced = text === written ? node : { ...node, value: text };
	return spot.table?.value === undefined ? replaced : spot.table.value(replaced, text, spot);
}
