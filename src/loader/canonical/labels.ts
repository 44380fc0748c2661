import type { Node } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { canonicalKeyValues } from './key-values.ts';
import { isNull, type Spot } from './spot.ts';

/** Labels, annotations, sysctls: as key-values, but a bare name means an empty text. */
export function canonicalLabels(node: Node, spot: Spot): Node {
	const mapping = canonicalKeyValues(node, spot);
	if (mapping.kind !== 'mapping') return mapping;
	const entries = [...mapping.entries].map(
		([key, entry]) => [key, isNull(entry.value) ? { ...entry, value: scalarNode('', entry.value.at) } : entry] as const,
	);
	return { ...mapping, entries: new Map(entries) };
}
