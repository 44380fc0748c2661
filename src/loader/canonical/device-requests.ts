import type { Node } from '../../document/node.ts';
import { isText, mappingOf, refuse, type Spot, withDefaults, withEntry, within } from './spot.ts';

/** GPUs and reserved devices: `all`, and an entry that names neither count nor ids, ask for every device. */
export function canonicalDeviceRequests(node: Node, spot: Spot): Node {
	if (isText(node) && node.value === 'all') {
		return { kind: 'sequence', items: [mappingOf({ count: -1 }, node.at)], at: node.at };
	}
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map((item, index) => canonicalRequest(item, within(spot, index))) };
}

function canonicalRequest(item: Node, spot: Spot): Node {
	if (item.kind !== 'mapping') return item;
	const count = item.entries.get('count')?.value;
	if (!isText(count)) return item.entries.has('device_ids') ? item : withDefaults(item, { count: -1 });
	if (count.value === 'all') return withEntry(item, 'count', { ...count, value: -1 });
	if (/^-?\d+$/.test(count.value)) return withEntry(item, 'count', { ...count, value: Number(count.value) });
	refuse(
		within(spot, 'count'),
		count,
		`\`${count.value}\` is not a number of devices`,
		'Write a whole number or `all`.',
	);
	return item;
}
