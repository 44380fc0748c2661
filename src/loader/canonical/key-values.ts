import { formatScalar } from '../../document/format-scalar.ts';
import type { MappingEntry, Node } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { refuse, type Spot, within } from './spot.ts';

/**
 * A list of `KEY=value` or a mapping, as a mapping of text. A bare name is null: its value comes from elsewhere.
 * The last of equal keys wins.
 */
export function canonicalKeyValues(node: Node, spot: Spot): Node {
	if (node.kind === 'mapping')
		return { ...node, entries: new Map([...node.entries].map(([key, entry]) => [key, textOf(entry)])) };
	if (node.kind !== 'sequence') return node;
	const entries = new Map<string, MappingEntry>();
	for (const [index, item] of node.items.entries()) {
		if (item.kind !== 'scalar') continue;
		const text = formatScalar(item);
		const { key, value } = split(text);
		if (/\s$/.test(key)) {
			refuse(within(spot, index), item, `\`${text}\` has a blank before \`=\``, 'Write it as `NAME=value`.');
		}
		entries.set(key, { keyAt: item.at, value: scalarNode(value, item.at) });
	}
	return { kind: 'mapping', entries, at: node.at };
}

function split(text: string): { readonly key: string; readonly value: string | null } {
	const equals = text.indexOf('=');
	return equals === -1 ? { key: text, value: null } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
}

/** Null stays null, every other scalar becomes its text. */
function textOf(entry: MappingEntry): MappingEntry {
	const { value } = entry;
	if (value.kind !== 'scalar' || value.value === null || typeof value.value === 'string') return entry;
	return { ...entry, value: scalarNode(formatScalar(value), value.at) };
}
