import type { Node } from '../../document/node.ts';
import { isText, mappingOf } from './spot.ts';

/** A build's secrets: a name is a source without further settings. */
export function canonicalBuildSecrets(node: Node): Node {
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map((item) => (isText(item) ? mappingOf({ source: item }, item.at) : item)) };
}
