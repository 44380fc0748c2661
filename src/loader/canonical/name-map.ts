import type { Node } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { isText } from './spot.ts';

/** Networks and models of a service: a list of names is a mapping without settings. */
export function canonicalNameMap(node: Node): Node {
	if (node.kind !== 'sequence') return node;
	const entries = node.items
		.filter(isText)
		.map((item) => [item.value, { keyAt: item.at, value: scalarNode(null, item.at) }] as const);
	return { kind: 'mapping', entries: new Map(entries), at: node.at };
}
