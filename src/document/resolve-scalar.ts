import type { ScalarNode } from './node.ts';
import { timestampOf } from './timestamp.ts';

/** What an unquoted word of YAML means, and whether it is a number with a fraction or a moment. */
export type ResolvedScalar = Pick<ScalarNode, 'value' | 'float' | 'isTimestamp'> | 'merge';

const words: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
	...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { value: null }] as const),
	...['true', 'True', 'TRUE'].map((word) => [word, { value: true }] as const),
	...['false', 'False', 'FALSE'].map((word) => [word, { value: false }] as const),
	...['.nan', '.NaN', '.NAN'].map((word) => [word, { value: Number.NaN, float: true }] as const),
	...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
		(word) => [word, { value: Number.POSITIVE_INFINITY, float: true }] as const,
	),
	...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { value: Number.NEGATIVE_INFINITY, float: true }] as const),
	['<<', 'merge'],
]);

const decimalFloat = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * Reads an unquoted scalar as Compose files mean it: YAML 1.2 words (`yes` and `on` are text), but the integers of
 * YAML 1.1 too (`010` is 8, `0b11`, `1_000`).
 */
export function resolveScalar(text: string): ResolvedScalar {
	const word = words.get(text);
	if (word !== undefined) return word;
	if (!/^[-+.\d]/.test(text)) return { value: text };
	const timestamp = timestampOf(text);
	if (timestamp !== undefined) return { value: timestamp, isTimestamp: true };
	const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
	const integer = integerOf(plain);
	if (integer !== undefined) return { value: integer };
	return isFloat(plain) ? { value: Number(plain), float: true } : { value: text };
}

/** A number beyond what a float holds is text. */
const isFloat = (text: string): boolean => decimalFloat.test(text) && Number.isFinite(Number(text));

const radixes: readonly (readonly [pattern: RegExp, prefix: string, strip: RegExp])[] = [
	[/^[-+]?0[xX][\da-fA-F]+$/, '0x', /^0[xX]/],
	[/^[-+]?0[bB][01]+$/, '0b', /^0[bB]/],
	[/^[-+]?0[oO]?[0-7]+$/, '0o', /^0[oO]?/],
];

/** Undefined where `text` is no integer of 64 bits. */
function integerOf(text: string): number | bigint | undefined {
	const unsigned = text.replace(/^[-+]/, '');
	const digits = /^(?:0|[1-9]\d*)$/.test(unsigned) ? unsigned : prefixed(unsigned);
	if (digits === undefined || digits.length > 70) return undefined;
	const amount = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
	if (amount > 2n ** 64n - 1n || amount < -(2n ** 63n)) return undefined;
	const number = Number(amount);
	return Number.isSafeInteger(number) ? number : amount;
}

function prefixed(unsigned: string): string | undefined {
	const radix = radixes.find(([pattern]) => pattern.test(unsigned));
	if (radix === undefined) return undefined;
	const [, prefix, strip] = radix;
	return prefix + unsigned.replace(strip, '');
}
