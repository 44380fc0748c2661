import { goText } from '../document/go-text.ts';
import type { Fields, Shape } from './shape.ts';

/** What `goJson` writes. Entries of objects that are undefined are left out. */
export type JsonValue =
	| string
	| number
	| boolean
	| null
	| undefined
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

/** Compact JSON as Go's encoder writes it, in the order the shape says: hashes are taken over its bytes. */
export const goJson = (value: JsonValue, shape: Shape): string => goText(textOf(value, shape));

/** The fields that are given and are part of the text, in the table's order. */
export function fieldsIn(value: object, fields: Fields): readonly (readonly [field: string, shape: Shape])[] {
	const order = Object.keys(fields);
	return Object.keys(value)
		.map((field) => [field, fields[field] ?? 'omit'] as const)
		.filter(([field, shape]) => shape !== 'omit' && entryOf(value, field) !== undefined)
		.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

export const entryOf = (value: object, key: string): JsonValue => (value as Readonly<Record<string, JsonValue>>)[key];

/** Written as it is read, without a tree in the right order in between: every `up` hashes every service. */
function textOf(value: JsonValue, shape: Shape): string {
	if (typeof value !== 'object' || value === null || shape === 'plain' || shape === 'omit') {
		return JSON.stringify(value ?? null);
	}
	if (shape === 'sorted') return sortedText(value, 'plain');
	if ('fields' in shape) return objectText(value, fieldsIn(value, shape.fields));
	return isList(value) ? `[${value.map((item) => textOf(item, shape.each)).join()}]` : sortedText(value, shape.each);
}

function sortedText(value: object, shape: Shape): string {
	const keys = Object.keys(value).filter((key) => entryOf(value, key) !== undefined);
	return objectText(
		value,
		keys.sort(compareCodePoints).map((key) => [key, shape]),
	);
}

const objectText = (value: object, entries: readonly (readonly [key: string, shape: Shape])[]): string =>
	`{${entries.map(([key, shape]) => `${JSON.stringify(key)}:${textOf(entryOf(value, key), shape)}`).join()}}`;

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const beyondOneUnit = /[\ud800-\udfff]/;

/** Order by code points, which is the byte order that Go sorts map keys in; plain `<` compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
	if (!beyondOneUnit.test(a) && !beyondOneUnit.test(b)) return a < b ? -1 : Number(a > b);
	const [left, right] = [[...a], [...b]];
	for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
		const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}
