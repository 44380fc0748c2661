import { writeKey, writeScalar } from './write-scalar.ts';

/** What can be written: maps keep their order, everything else is as JSON has it. */
export type Writable = ReadonlyMap<string, Writable> | readonly Writable[] | string | number | bigint | boolean | null;

/** A mapping as YAML in docker compose's own layout: two blanks a level, list items indented. */
export const writeYaml = (mapping: ReadonlyMap<string, Writable>): string => `${writeMapping(mapping, '')}\n`;

function writeMapping(mapping: ReadonlyMap<string, Writable>, indent: string): string {
	return [...mapping].map(([key, value]) => `${indent}${writeKey(key)}:${writeMember(value, indent)}`).join('\n');
}

/** What follows a key: on its line, or indented below it. */
function writeMember(value: Writable, indent: string): string {
	const inner = `${indent}  `;
	if (value instanceof Map && value.size > 0) return `\n${writeMapping(value, inner)}`;
	if (Array.isArray(value) && value.length > 0) return `\n${writeSequence(value, inner)}`;
	return ` ${writeLeaf(value, inner)}`;
}

function writeLeaf(value: Writable, indent: string): string {
	if (value instanceof Map) return '{}';
	return Array.isArray(value) ? '[]' : writeScalar(value, indent);
}

const writeSequence = (items: readonly Writable[], indent: string): string =>
	items.map((item) => `${indent}- ${writeItem(item, `${indent}  `)}`).join('\n');

/** The first line of a nested value stands behind the dash. */
function writeItem(item: Writable, indent: string): string {
	if (item instanceof Map && item.size > 0) return writeMapping(item, indent).slice(indent.length);
	if (Array.isArray(item) && item.length > 0) return writeSequence(item, indent).slice(indent.length);
	return writeLeaf(item, indent);
}
