import type { Node } from '../../document/node.ts';
import { isText, mappingOf, refuse, type Spot, withDefaults } from './spot.ts';

/** GPUs and reserved devices: `all`, and an entry that names neither count nor ids, ask for every device. */
export function canonicalDeviceRequests(node: Node): Node {
	if (isText(node) && node.value === 'all') {
		return { kind: 'sequence', items: [mappingOf({ count: 'all' }, node.at)], at: node.at };
	}
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map(canonicalRequest) };
}

function canonicalRequest(item: Node): Node {
	if (item.kind !== 'mapping') return item;
	return item.entries.has('device_ids') ? item : withDefaults(item, { count: 'all' });
}

/** The number of devices: -1 is all of them. */
export function canonicalDeviceCount(count: Node, spot: Spot): Node {
	if (!isText(count)) return count;
	if (count.value === 'all') return { ...count, value: -1 };
	if (/^-?\d+$/.test(count.value)) return { ...count, value: Number(count.value) };
	refuse(spot, count, `\`${count.value}\` is not a number of devices`, 'Write a whole number or `all`.');
	return count;
}
