import { formatScalar } from '../document/format-scalar.ts';
import type { Node } from '../document/node.ts';

const words: Readonly<Record<string, string>> = {
	array: 'a list',
	boolean: '`true` or `false`',
	integer: 'a whole number',
	null: 'nothing',
	number: 'a number',
	object: 'a mapping',
	string: 'a text',
};

/** What an attribute takes, in words: `a list or a mapping`. */
export function expectationOf(types: readonly string[]): string {
	const unique = [...new Set(types)].map((type) => words[type] ?? type).sort();
	const last = unique.pop() ?? 'something else';
	return unique.length === 0 ? last : `${unique.join(', ')} or ${last}`;
}

/** What was found instead, in words; a short value is shown. */
export function describeValue(node: Node): string {
	if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'a mapping' : 'a list';
	if (node.value === null) return 'nothing';
	if (node.value === '') return 'an empty text';
	const text = formatScalar(node);
	const shown = `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
	return typeof node.value === 'string' || typeof node.value === 'boolean' ? shown : `the number ${shown}`;
}
