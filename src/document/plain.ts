import type { Node } from './node.ts';
import type { AttributePath } from './path.ts';

/** A document tree without its positions: what JSON, the validator and the decoder see. */
export type Plain = string | number | bigint | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export function toPlain(node: Node): Plain {
	switch (node.kind) {
		case 'scalar':
			return node.value;
		case 'sequence':
			return node.items.map(toPlain);
		case 'mapping':
			return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.value)]));
		default:
			return node satisfies never;
	}
}

/** The node at `path`, or undefined where the tree does not reach there. */
export function nodeAt(root: Node, path: AttributePath): Node | undefined {
	let node: Node | undefined = root;
	for (const step of path) {
		if (node?.kind === 'mapping') node = node.entries.get(String(step))?.value;
		else if (node?.kind === 'sequence') node = node.items[Number(step)];
		else return undefined;
	}
	return node;
}
