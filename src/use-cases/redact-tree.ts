import type { MappingEntry, MappingNode, Node } from '../document/node.ts';
import { redactText } from './redact-text.ts';

/** The tree without values that are or look like credentials. */
export const redactTree = (tree: MappingNode): MappingNode => redactNode(tree, []) as MappingNode;

function redactNode(node: Node, path: readonly string[]): Node {
	if (node.kind === 'scalar') {
		return typeof node.value === 'string' ? { ...node, value: redactText(node.value, path) } : node;
	}
	if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => redactNode(item, [...path, '*'])) };
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries)
		entries.set(key, { ...entry, value: redactNode(entry.value, [...path, key]) });
	return { ...node, entries };
}
