import type { MappingNode, Node } from '../../document/node.ts';
import { isText, mappingOf, withDefaults } from './spot.ts';

/** Configs of a service, secrets of a build: a name is a source without further settings. */
export function canonicalReferences(node: Node): Node {
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map((item) => (isText(item) ? mappingOf({ source: item }, item.at) : item)) };
}

/** Secrets of a service: each has a file of its own unless it names one. */
export function canonicalSecrets(node: Node): Node {
	const references = canonicalReferences(node);
	if (references.kind !== 'sequence') return references;
	return { ...references, items: references.items.map((item) => (item.kind === 'mapping' ? withTarget(item) : item)) };
}

function withTarget(reference: MappingNode): MappingNode {
	const source = reference.entries.get('source')?.value;
	return isText(source) ? withDefaults(reference, { target: `/run/secrets/${source.value}` }) : reference;
}
