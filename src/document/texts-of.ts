import type { Node } from './node.ts';

/** Every text value of a tree, by the order of its keys. Keys are not among them. */
export function* textsOf(node: Node): Iterable<string> {
	if (node.kind === 'scalar') {
		if (typeof node.value === 'string') yield node.value;
	} else if (node.kind === 'sequence') for (const item of node.items) yield* textsOf(item);
	else for (const { value } of node.entries.values()) yield* textsOf(value);
}
