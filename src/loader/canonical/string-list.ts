import type { Node } from '../../document/node.ts';
import { isText } from './spot.ts';

/** One text is a list of one. */
export const canonicalStringList = (node: Node): Node =>
	isText(node) ? { kind: 'sequence', items: [node], at: node.at } : node;

/** As above; empty entries, left by variables without a value, are dropped. */
export function canonicalFilledList(node: Node): Node {
	const list = canonicalStringList(node);
	if (list.kind !== 'sequence') return list;
	return { ...list, items: list.items.filter((item) => !(isText(item) && item.value === '')) };
}
