import type { Node } from '../../document/node.ts';
import { isText, mappingOf, withDefaults } from './spot.ts';
import { canonicalStringList } from './string-list.ts';

/** A path is a file that must be there. */
export function canonicalEnvFiles(node: Node): Node {
	const list = canonicalStringList(node);
	if (list.kind !== 'sequence') return list;
	return { ...list, items: list.items.map(canonicalEnvFile) };
}

function canonicalEnvFile(item: Node): Node {
	if (isText(item)) return mappingOf({ path: item, required: true }, item.at);
	return item.kind === 'mapping' ? withDefaults(item, { required: true }) : item;
}
