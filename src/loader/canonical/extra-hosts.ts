import { formatScalar } from '../../document/format-scalar.ts';
import type { Node, ScalarNode } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { compareText } from '../../model/ordered-entries.ts';
import { refuse, type Spot, within } from './spot.ts';

/** Extra hosts as a sorted list of `name=address`. */
export function canonicalExtraHosts(node: Node, spot: Spot): Node {
	const items = hostsOf(node, spot);
	if (items === undefined) return node;
	return {
		kind: 'sequence',
		items: items.toSorted((a, b) => compareText(formatScalar(a), formatScalar(b))),
		at: node.at,
	};
}

/** As a list, each entry as it was written. */
export function listedExtraHosts(node: Node, spot: Spot): Node {
	const items = node.kind === 'mapping' ? hostsOf(node, spot) : undefined;
	return items === undefined ? node : { kind: 'sequence', items, at: node.at };
}

function hostsOf(node: Node, spot: Spot): readonly ScalarNode[] | undefined {
	if (node.kind === 'sequence') {
		return node.items.flatMap((item, index) => (item.kind === 'scalar' ? hostFromText(item, within(spot, index)) : []));
	}
	if (node.kind !== 'mapping') return undefined;
	return [...node.entries].flatMap(([name, { value }]) =>
		(value.kind === 'sequence' ? value.items : [value]).flatMap((address) =>
			address.kind === 'scalar' ? [hostOf(name, formatScalar(address), address)] : [],
		),
	);
}

/** The name ends at `=`, or else at the first colon. */
function hostFromText(item: ScalarNode, spot: Spot): readonly ScalarNode[] {
	const text = formatScalar(item);
	const end = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
	if (end !== -1) return [hostOf(text.slice(0, end), text.slice(end + 1), item)];
	refuse(spot, item, `\`${text}\` names no address`, 'Write it as "HOST=ADDRESS", for example "db=10.0.0.5".');
	return [];
}

const hostOf = (name: string, address: string, { at }: Node): ScalarNode =>
	scalarNode(`${name}=${address.replace(/^\[(.*)\]$/, '$1')}`, at);
