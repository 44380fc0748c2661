import { goText } from '../document/go-text.ts';

/**
 * What `goJson` writes. Objects keep their own order and may hold undefined entries, which are left out; the order of
 * a user's keys must be a Map, because a JavaScript object moves keys like `10` to the front.
 */
export type JsonValue =
	| string
	| number
	| boolean
	| null
	| undefined
	| readonly JsonValue[]
	| ReadonlyMap<string, JsonValue>
	| { readonly [key: string]: JsonValue };

/** Compact JSON as Go's encoder writes it: hashes are taken over its bytes. */
export function goJson(value: JsonValue): string {
	if (typeof value !== 'object' || value === null) return goScalar(value ?? null);
	if (isList(value)) return `[${value.map(goJson).join(',')}]`;
	const entries = isMap(value) ? [...value] : Object.entries(value);
	const present = entries.filter(([, entry]) => entry !== undefined);
	return `{${present.map(([key, entry]) => `${goScalar(key)}:${goJson(entry)}`).join(',')}}`;
}

export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isMap = (value: JsonValue): value is ReadonlyMap<string, JsonValue> => value instanceof Map;

const goScalar = (value: string | number | boolean | null): string => goText(JSON.stringify(value));

/** Order by code points, which is the byte order that Go sorts map keys in; plain `<` compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
	const [left, right] = [[...a], [...b]];
	for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
		const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}
