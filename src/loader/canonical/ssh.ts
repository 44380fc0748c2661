import type { Node } from '../../document/node.ts';
import { canonicalKeyValues } from './key-values.ts';
import { isNull, refuse, type Spot, within } from './spot.ts';

/** Keys of a build, path by name; only `default` may leave its path to the environment. */
export function canonicalSsh(node: Node, spot: Spot): Node {
	const keys = canonicalKeyValues(node, spot);
	if (keys.kind !== 'mapping') return keys;
	for (const [name, { keyAt, value }] of keys.entries) {
		if (name === 'default' || !isNull(value)) continue;
		const message = `the SSH key \`${name}\` has no path`;
		refuse(within(spot, name), { ...value, at: keyAt }, message, 'Write it as `NAME=PATH`.');
	}
	return keys;
}
