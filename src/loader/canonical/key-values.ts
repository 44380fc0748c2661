import { formatScalar } from '../../document/format-scalar.ts';
import type { MappingEntry, Node, ScalarNode } from '../../document/node.ts';
import { inPlaceOf } from '../../document/node.ts';
import { compareText } from '../../model/ordered-entries.ts';
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
		const known = entries.get(key)?.value;
		const named = { ...item, value };
		entries.set(key, { keyAt: item.at, value: known === undefined ? named : inPlaceOf(known, named) });
	}
	return { kind: 'mapping', entries, at: node.at };
}

function split(text: string): { readonly key: string; readonly value: string | null } {
	const equals = text.indexOf('=');
	return equals === -1 ? { key: text, value: null } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
}

const textOf = (entry: MappingEntry): MappingEntry => ({ ...entry, value: canonicalText(entry.value) });

/** Null stays null, every other scalar becomes its text. */
export function canonicalText(node: Node): Node {
	if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'string') return node;
	const { float, ...plain } = node;
	return { ...plain, value: formatScalar(node) };
}

/**
 * Key-values as a list of `KEY=value`. A single text is a list of one, any other scalar an empty list, as in docker
 * compose. A mapping that does not hold plain values alone comes back unchanged.
 */
export function listedKeyValues(node: Node): Node {
	if (node.kind === 'scalar' && node.value !== null) {
		return { kind: 'sequence', items: typeof node.value === 'string' ? [node] : [], at: node.at };
	}
	if (node.kind !== 'mapping') return node;
	const items = [...node.entries].flatMap(([key, { value }]) => (value.kind === 'scalar' ? [listed(key, value)] : []));
	if (items.length < node.entries.size) return node;
	return { kind: 'sequence', items: items.toSorted((a, b) => compareText(a.value, b.value)), at: node.at };
}

function listed(key: string, value: ScalarNode): ScalarNode & { readonly value: string } {
	const { float, ...plain } = value;
	return { ...plain, value: value.value === null ? key : `${key}=${formatScalar(value)}` };
}
