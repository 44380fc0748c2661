import { formatScalar } from '../../document/format-scalar.ts';
import type { Node, ScalarNode } from '../../document/node.ts';
import { parseByteSize } from '../../model/byte-size.ts';
import { formatDuration, parseDuration } from '../../model/duration.ts';
import { type Decoder, refuseValue } from './decoder.ts';

const isSet = (node: Parameters<Decoder>[0]): node is ScalarNode => node.kind === 'scalar' && node.value !== null;

/** Text; an empty one is nothing. */
export const text: Decoder = (node) => (isSet(node) && node.value !== '' ? formatScalar(node) : undefined);

/** Text that is printed even where it is empty. */
export const anyText: Decoder = (node) => (node.kind === 'scalar' ? formatScalar(node) : undefined);

export const textOrNull: Decoder = (node) => (isSet(node) ? formatScalar(node) : null);

/** True, or nothing. */
export const flag: Decoder = (node) => (node.kind === 'scalar' && node.value === true ? true : undefined);

/** A truth value for which false differs from nothing. */
export const boolean: Decoder = (node) =>
	node.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;

const wholeNumberHint = 'Write a whole number.';

/** A whole number for which 0 differs from nothing. */
export const integer: Decoder = (node, spot) => {
	if (!isSet(node)) return undefined;
	const value = Number(node.value);
	if (Number.isSafeInteger(value) && node.value !== '') return value;
	refuseValue(node, spot, { message: `\`${formatScalar(node)}\` is not a whole number`, hint: wholeNumberHint });
	return undefined;
};

/** A whole number out of any number: parts are dropped, and 0 is nothing. */
export const truncated: Decoder = (node, spot) => filledInteger(withoutParts(node), spot);

/** As `decode` has it, but of no number with a point or an exponent, be it whole: docker compose refuses `1.0` there. */
export const withoutPoint =
	(decode: Decoder): Decoder =>
	(node, spot) => {
		if (node.kind !== 'scalar' || node.float !== true) return decode(node, spot);
		const message = `the number \`${formatScalar(node)}\` is written with a point or an exponent`;
		refuseValue(node, spot, { message, hint: 'Write it as a whole number.' });
		return undefined;
	};

/** A whole number; 0 is nothing. */
export const filledInteger: Decoder = (node, spot) => integer(node, spot) || undefined;

/** How many there are of something: a whole number from 0. */
export const count: Decoder = (node, spot) => {
	const value = integer(node, spot);
	if (typeof value !== 'number' || value >= 0) return value;
	refuseValue(node, spot, { message: `\`${value}\` is below 0`, hint: 'Write 0 or more.' });
	return undefined;
};

/** A count out of any number: parts are dropped. */
export const truncatedCount: Decoder = (node, spot) => count(withoutParts(node), spot);

/** A count; 0 is nothing. */
export const filledCount: Decoder = (node, spot) => count(node, spot) || undefined;

const withoutParts = (node: Node): Node =>
	isSet(node) && typeof node.value === 'number' ? { ...node, value: Math.trunc(node.value) } : node;

export const duration: Decoder = (node, spot) => {
	if (!isSet(node)) return undefined;
	const nanoseconds = parseDuration(formatScalar(node));
	if (nanoseconds !== undefined) return formatDuration(nanoseconds);
	refuseValue(node, spot, {
		message: `\`${formatScalar(node)}\` is not a duration`,
		hint: 'Write a number with a unit, for example `90s` or `1m30s`.',
	});
	return undefined;
};

/** For which no time at all is nothing. */
export const filledDuration: Decoder = (node, spot) => {
	const written = duration(node, spot);
	return written === '0s' ? undefined : written;
};

/**
 * A size as bytes in decimal digits; 0 is nothing. A whole number may be negative, text may not; docker compose makes
 * nothing of a number with a point or an exponent.
 */
export const byteSize: Decoder = (node, spot) => {
	if (!isSet(node) || node.float === true) return undefined;
	const isPlain = typeof node.value === 'number' && Number.isInteger(node.value);
	const bytes = isPlain ? BigInt(Number(node.value)) : parseByteSize(formatScalar(node));
	if (bytes !== undefined) return bytes === 0n ? undefined : `${bytes}`;
	refuseValue(node, spot, {
		message: `\`${formatScalar(node)}\` is not a size`,
		hint: 'Write bytes, or a number with a unit, for example `512m` or `2g`.',
	});
	return undefined;
};

/** Numbers of CPUs and other parts of a whole are kept in single precision, and 0 is nothing. */
export const singleNumber: Decoder = (node, spot) => {
	if (!isSet(node)) return undefined;
	const value = Number(node.value);
	if (node.value !== '' && Number.isFinite(value)) return value === 0 ? undefined : shortestSingle(value);
	refuseValue(node, spot, {
		message: `\`${formatScalar(node)}\` is not a number`,
		hint: 'Write a number, for example `1.5`.',
	});
	return undefined;
};

/** The shortest decimal that reads back as the same single-precision number. */
function shortestSingle(value: number): number {
	const single = Math.fround(value);
	for (let digits = 1; digits <= 9; digits += 1) {
		const shortened = Number(single.toPrecision(digits));
		if (Math.fround(shortened) === single) return shortened;
	}
	return single;
}

/** Permission bits, printed in octal with a leading zero. */
export const fileMode: Decoder = (node, spot) => {
	if (!isSet(node)) return undefined;
	if (typeof node.value === 'number' && Number.isInteger(node.value)) return octal(node.value);
	const written = formatScalar(node);
	if (/^(?:0o?)?[0-7]+$/.test(written)) return octal(Number.parseInt(written.replace(/^0o/, ''), 8));
	refuseValue(node, spot, {
		message: `\`${written}\` is not a file mode`,
		hint: 'Write octal digits, for example "0440".',
	});
	return undefined;
};

const octal = (mode: number): string => `0${mode.toString(8)}`;
