import type { MappingEntry, Node } from '../../document/node.ts';
import { isText, mappingOf, withDefaults } from './spot.ts';

/** A list of services is a mapping that waits for nothing but their start. */
export function canonicalDependsOn(node: Node): Node {
	if (node.kind === 'mapping') {
		const entries = [...node.entries].map(([key, entry]) => [key, requiredByDefault(entry)] as const);
		return { ...node, entries: new Map(entries) };
	}
	if (node.kind !== 'sequence') return node;
	const entries = node.items.filter(isText).map((item) => {
		const value = mappingOf({ condition: 'service_started', required: true }, item.at);
		return [item.value, { keyAt: item.at, value }] as const;
	});
	return { kind: 'mapping', entries: new Map(entries), at: node.at };
}

const requiredByDefault = (entry: MappingEntry): MappingEntry =>
	entry.value.kind === 'mapping' ? { ...entry, value: withDefaults(entry.value, { required: true }) } : entry;
