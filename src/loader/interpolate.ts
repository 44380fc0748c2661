import type { MappingEntry, Node, ScalarNode } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import { childTable, type PathTable } from '../document/path-table.ts';
import { dollarPlaces, reportProblem, reportUnset } from '../document/report-substitution.ts';
import { substitute } from '../document/substitute.ts';
import type { Findings } from '../errors/findings.ts';
import type { Variables } from '../options/variables.ts';
import { type Cast, casts } from './casts.ts';

/** Puts variables in the place of `$NAME` in every text value, then casts what takes numbers and truth values. */
export const interpolate = (tree: Node, variables: Variables, findings: Findings): Node =>
	interpolateNode(tree, { variables, findings, path: [], table: casts });

interface Spot {
	readonly variables: Variables;
	readonly findings: Findings;
	readonly path: AttributePath;
	readonly table: PathTable<Cast> | undefined;
}

const inside = (spot: Spot, step: string | number): Spot => ({
	...spot,
	path: [...spot.path, step],
	table: childTable(spot.table, step),
});

function interpolateNode(node: Node, spot: Spot): Node {
	if (node.kind === 'scalar') return typeof node.value === 'string' ? interpolateText(node, node.value, spot) : node;
	if (node.kind === 'sequence') {
		return { ...node, items: node.items.map((item, index) => interpolateNode(item, inside(spot, index))) };
	}
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries) {
		entries.set(key, { ...entry, value: interpolateNode(entry.value, inside(spot, key)) });
	}
	return { ...node, entries };
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
