import { goText } from '../document/go-text.ts';
import { compareNatural } from '../document/natural-order.ts';
import type { Node, ScalarNode } from '../document/node.ts';
import { type Writable, writeYaml } from '../document/write-yaml.ts';
import { locate } from '../errors/source-location.ts';
import { compareText } from '../model/ordered-entries.ts';
import { infiniteNumber } from './infinite-number.ts';

/** A tree before it is typed, as `config --no-interpolate` prints it: all keys sorted. */
export const treeToYaml = (tree: Node): string => writeYaml(writable(tree) as ReadonlyMap<string, Writable>);

/** A value of a tree as YAML writes it. */
export function writable(node: Node): Writable {
	if (node.kind === 'sequence') return node.items.map(writable);
	if (node.kind === 'scalar') return writableScalar(node);
	const entries = [...node.entries].map(([key, { value }]) => [key, writable(value)] as const);
	return new Map(entries.toSorted(([a], [b]) => compareNatural(a, b)));
}

function writableScalar({ value, float, isTimestamp }: ScalarNode): Writable {
	if (float === true && typeof value === 'number') return { float: value };
	return isTimestamp === true && typeof value === 'string' ? { timestamp: value } : value;
}

/** The same as JSON: two blanks a level, no final newline. */
export const treeToJson = (tree: Node): string => goText(json(tree, ''));

/** Attributes whose empty list docker compose prints as null; so it does with all that is in extensions. */
const nullWhenEmpty = new Set(['args', 'command', 'config', 'entrypoint', 'environment', 'test']);

const isExtension = (name: string): boolean => name.startsWith('x-');

const isNullWhenEmpty = (name: string): boolean => nullWhenEmpty.has(name) || isExtension(name);

/** `name`: of the attribute, or of the extension that the node is in. */
function json(node: Node, indent: string, name = ''): string {
	if (node.kind === 'scalar') return scalarJson(node);
	const inner = `${indent}  `;
	if (node.kind === 'sequence' && node.items.length === 0) return isNullWhenEmpty(name) ? 'null' : '[]';
	if (node.kind === 'sequence')
		return enclosed(
			'[]',
			node.items.map((item) => json(item, inner, isExtension(name) ? name : '')),
			indent,
		);
	const entries = [...node.entries].toSorted(([a], [b]) => compareText(a, b));
	const members = entries.map(
		([key, { value }]) => `${JSON.stringify(key)}: ${json(value, inner, isExtension(name) ? name : key)}`,
	);
	return enclosed('{}', members, indent);
}

function scalarJson({ value, at }: ScalarNode): string {
	if (typeof value === 'number' && !Number.isFinite(value)) throw infiniteNumber(value, { at: locate(at) });
	if (typeof value === 'bigint') return String(value);
	if (Object.is(value, -0)) return '-0';
	return JSON.stringify(value);
}

function enclosed(brackets: string, items: readonly string[], indent: string): string {
	if (items.length === 0) return brackets;
	return `${brackets[0]}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${brackets[1]}`;
}
