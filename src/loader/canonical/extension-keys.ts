import { formatScalar } from '../../document/format-scalar.ts';
import { type MappingEntry, type MappingNode, mappingNode, type Node, scalarNode } from '../../document/node.ts';
import { compareText } from '../../model/ordered-entries.ts';
import { type Converter, refuse, type Spot, within } from './spot.ts';

/**
 * Maps of the user's own keys, where docker compose takes `x-…` for extensions all the same and keeps them as one
 * value. Such a key nearly always was meant as any other, so it is told.
 */
const gather =
	(toValue: (extensions: MappingNode) => Node): Converter =>
	(node, spot) => {
		const extensions = extensionsOf(node, spot);
		if (node.kind !== 'mapping' || extensions === undefined) return node;
		const kept = [...node.entries].filter(([key]) => !extensions.entries.has(key));
		const gathered: MappingEntry = { keyAt: extensions.at, value: toValue(extensions) };
		return { ...node, entries: new Map([[gatheredKey, gathered] as const, ...kept]) };
	};

const gatheredKey = '#extensions';

function extensionsOf(node: Node, { path, findings }: Spot): MappingNode | undefined {
	const found = node.kind === 'mapping' ? [...node.entries].filter(([key]) => key.startsWith('x-')) : [];
	const [first] = found;
	if (first === undefined) return undefined;
	const [key, { keyAt }] = first;
	const message = `\`${key}\` in \`${path.join('.')}\` is an extension: it becomes part of the value \`${gatheredKey}\``;
	findings.warning('VALUE_AMBIGUOUS', message, {
		at: keyAt,
		path: [...path, key],
		hint: `Write the entries as a list, \`- ${key}=…\`, where a key of that name is meant.`,
	});
	return mappingNode(found, keyAt);
}

/** As one text. */
export const gatherAsText = gather((extensions) => scalarNode(printed(extensions), extensions.at));

/** As an entry of which nothing is said. */
export const gatherAsNothing = gather((extensions) => mappingNode([], extensions.at));

/** Where docker compose has no value to make of them. */
export const refuseExtensions: Converter = (node, spot) => {
	if (node.kind !== 'mapping') return node;
	for (const [key, { keyAt, value }] of node.entries) {
		if (!key.startsWith('x-')) continue;
		const message = `\`${spot.path.join('.')}\` cannot hold \`${key}\`: \`x-\` starts an extension`;
		refuse(within(spot, key), { ...value, at: keyAt }, message, 'Give the key another name.');
	}
	return node;
};

/** A value as Go prints it. */
function printed(node: Node): string {
	if (node.kind === 'sequence') return `[${node.items.map(printed).join(' ')}]`;
	if (node.kind === 'scalar') return node.value === null ? '<nil>' : formatScalar(node);
	const entries = [...node.entries].toSorted(([a], [b]) => compareText(a, b));
	return `map[${entries.map(([key, { value }]) => `${key}:${printed(value)}`).join(' ')}]`;
}
