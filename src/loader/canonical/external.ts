import type { Node } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { isText, refuse, type Spot, within } from './spot.ts';

/** `external: {name: x}` is the old form of `external: true` with `name: x`. */
export function canonicalExternal(node: Node, spot: Spot): Node {
	const external = node.kind === 'mapping' ? node.entries.get('external')?.value : undefined;
	if (node.kind !== 'mapping' || external?.kind !== 'mapping') return node;
	const name = external.entries.get('name')?.value;
	spot.findings.warning('ATTRIBUTE_OBSOLETE', '`external.name` is obsolete', {
		at: external.at,
		path: [...spot.path, 'external'],
		hint: 'Write `external: true` and `name`.',
	});
	const declared = node.entries.get('name')?.value;
	if (isText(declared) && isText(name) && declared.value !== name.value) {
		const message = `\`name\` and \`external.name\` differ: \`${declared.value}\` and \`${name.value}\``;
		refuse(within(spot, 'name'), declared, message, 'Keep `name` and write `external: true`.');
	}
	const entries = new Map(node.entries);
	if (name !== undefined && !entries.has('name')) entries.set('name', { keyAt: name.at, value: name });
	entries.set('external', { keyAt: external.at, value: scalarNode(true, external.at) });
	return { ...node, entries };
}
