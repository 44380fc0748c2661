import type { MappingEntry, MappingNode, Node } from '../document/node.ts';
import { mask } from '../errors/mask.ts';
import { isCredentialFlag, redactText } from './redact-text.ts';

/** The tree without values that are or look like credentials. */
export const redactTree = (tree: MappingNode, secrets: ReadonlySet<string> = new Set()): MappingNode =>
	redactNode(tree, [], secrets) as MappingNode;

function redactNode(node: Node, path: readonly string[], secrets: ReadonlySet<string>): Node {
	if (node.kind === 'scalar') {
		return typeof node.value === 'string' ? { ...node, value: redactText(node.value, path, secrets) } : node;
	}
	if (node.kind === 'sequence') {
		const isHidden = (index: number): boolean => {
			const before = node.items[index - 1];
			return before?.kind === 'scalar' && isCredentialFlag(before.value);
		};
		return {
			...node,
			items: node.items.map((item, index) =>
				item.kind === 'scalar' && isHidden(index)
					? { ...item, value: mask }
					: redactNode(item, [...path, '*'], secrets),
			),
		};
	}
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries)
		entries.set(key, { ...entry, value: redactNode(entry.value, [...path, key], secrets) });
	return { ...node, entries };
}
