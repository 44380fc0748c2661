import type { Node } from '../../document/node.ts';
import { canonicalKeyValues } from './key-values.ts';
import { isNull, isText, mappingOf, refuse, type Spot, within } from './spot.ts';

/** A text is the folder to build. */
export const canonicalBuild = (node: Node): Node => (isText(node) ? mappingOf({ context: node }, node.at) : node);

/** Further contexts by name; each must say where it is. */
export function canonicalContexts(node: Node, spot: Spot): Node {
	const contexts = canonicalKeyValues(node, spot);
	if (contexts.kind !== 'mapping') return contexts;
	for (const [name, { keyAt, value }] of contexts.entries) {
		if (!isNull(value)) continue;
		const message = `the build context \`${name}\` has no place`;
		refuse(within(spot, name), { ...value, at: keyAt }, message, 'Write it as `NAME=PATH`.');
	}
	return contexts;
}
