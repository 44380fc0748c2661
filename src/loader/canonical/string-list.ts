import type { Node } from '../../document/node.ts';
import { isNull, isText } from './spot.ts';

/** One text is a list of one. */
export const canonicalStringList = (node: Node): Node =>
	isText(node) ? { kind: 'sequence', items: [node], at: node.at } : node;

/** As above; empty entries, left by variables without a value, are dropped. */
export function canonicalFilledList(node: Node): Node {
	const list = canonicalStringList(node);
	if (list.kind !== 'sequence') return list;
	return { ...list, items: list.items.filter((item) => !(isText(item) && item.value === '')) };
}

/** As the first, for a list of any scalars. */
export const canonicalScalarList = (node: Node): Node =>
	node.kind === 'scalar' && !isNull(node) ? { kind: 'sequence', items: [node], at: node.at } : node;
