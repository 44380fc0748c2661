import { isBinaryLine, writeFloat, writeKey, writeScalar } from './write-scalar.ts';

/** What can be written: maps keep their order, everything else is as JSON has it. */
export type Writable =
	| ReadonlyMap<string, Writable>
	| readonly Writable[]
	| WritableFloat
	| WritableTimestamp
	| string
	| number
	| bigint
	| boolean
	| null;

/** A number that was written as a float: large ones get an exponent, also where they are whole. */
interface WritableFloat {
	readonly float: number;
}

/** A date, which is written without quotes. */
interface WritableTimestamp {
	readonly timestamp: string;
}

/** A mapping as YAML in docker compose's own layout: two blanks a level, list items indented. */
export const writeYaml = (mapping: ReadonlyMap<string, Writable>): string => `${writeMapping(mapping, '')}\n`;

const writeMapping = (mapping: ReadonlyMap<string, Writable>, indent: string): string =>
	[...mapping].map(([key, value]) => `${indent}${writeEntry(key, value, indent)}`).join('\n');

/** A key that is long or has several lines stands on its own, behind a question mark. */
function writeEntry(key: string, value: Writable, indent: string): string {
	if (isShort(key)) return `${writeKey(key)}:${writeMember(value, indent)}`;
	const inner = `${indent}  `;
	return `? ${writeScalar(key, inner)}\n${indent}: ${writeItem(value, inner)}`;
}

const isShort = (key: string): boolean =>
	key.isWellFormed() ? Buffer.byteLength(key) <= 128 && !key.includes('\n') : isBinaryLine(key);

/** What follows a key: on its line, or indented below it. */
function writeMember(value: Writable, indent: string): string {
	const inner = `${indent}  `;
	if (value instanceof Map && value.size > 0) return `\n${writeMapping(value, inner)}`;
	if (Array.isArray(value) && value.length > 0) return `\n${writeSequence(value, inner)}`;
	return ` ${writeLeaf(value, inner)}`;
}

function writeLeaf(value: Writable, indent: string): string {
	if (value instanceof Map) return '{}';
	if (Array.isArray(value)) return '[]';
	if (typeof value === 'object' && value !== null && 'float' in value) return writeFloat(value.float);
	if (typeof value === 'object' && value !== null && 'timestamp' in value) return value.timestamp;
	return writeScalar(value, indent);
}

const writeSequence = (items: readonly Writable[], indent: string): string =>
	items.map((item) => `${indent}- ${writeItem(item, `${indent}  `)}`).join('\n');

/** The first line of a nested value stands behind the dash. */
function writeItem(item: Writable, indent: string): string {
	if (item instanceof Map && item.size > 0) return writeMapping(item, indent).slice(indent.length);
	if (Array.isArray(item) && item.length > 0) return writeSequence(item, indent).slice(indent.length);
	return writeLeaf(item, indent);
}
