import type { Node } from '../../document/node.ts';
import { isText, mappingOf, refuse, type Spot, within } from './spot.ts';

/** Devices in long form. A device plugin's name, such as `nvidia.com/gpu=all`, is source and target alike. */
export function canonicalDevices(node: Node, spot: Spot): Node {
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map((item, index) => canonicalDevice(item, within(spot, index))) };
}

function canonicalDevice(item: Node, spot: Spot): Node {
	if (!isText(item)) return item;
	const [source = '', target, permissions, ...rest] = item.value.split(':');
	if (rest.length > 0) {
		refuse(
			spot,
			item,
			`\`${item.value}\` is not a device: it has too many colons`,
			'Write it as "SOURCE[:TARGET[:PERMISSIONS]]".',
		);
	}
	return mappingOf({ source, target: target || source, permissions: permissions || 'rwm' }, item.at);
}
