import { printFormatted, printValue } from './print-value.ts';
import { templateError } from './template-error.ts';

export type TemplateFunction = (...args: readonly unknown[]) => unknown;

/** What Go counts as true: anything that is not empty, zero or absent. */
export const isTrue = (value: unknown): boolean =>
	Array.isArray(value)
		? value.length > 0
		: value !== undefined && value !== null && value !== '' && value !== 0 && value !== false;

const text = (value: unknown): string => {
	if (typeof value === 'string') return value;
	throw templateError(`text is expected, not \`${printValue(value)}\``);
};

const number = (value: unknown): number => {
	if (typeof value === 'number') return value;
	throw templateError(`a number is expected, not \`${printValue(value)}\``);
};

function lengthOf(value: unknown): number {
	if (typeof value === 'string') return Buffer.byteLength(value);
	if (Array.isArray(value)) return value.length;
	if (typeof value === 'object' && value !== null) return Object.keys(value).length;
	throw templateError(`\`len\` takes text or a list, not \`${printValue(value)}\``);
}

function compare(one: unknown, other: unknown): number {
	if (typeof one !== typeof other)
		throw templateError(`\`${printValue(one)}\` and \`${printValue(other)}\` can't be compared`);
	if (one === other) return 0;
	return (one as string) < (other as string) ? -1 : 1;
}

function index(value: unknown, ...keys: readonly unknown[]): unknown {
	return keys.reduce((found: unknown, key) => {
		if (Array.isArray(found) && typeof key === 'number') {
			if (Object.hasOwn(found, key)) return found[key];
			throw templateError(`there is no item ${key}: the list has ${found.length}`);
		}
		if (typeof found === 'object' && found !== null && Object.hasOwn(found, String(key))) {
			return found[String(key) as keyof typeof found];
		}
		return undefined;
	}, value);
}

const cut = (value: unknown, from: unknown = 0, to: unknown = lengthOf(value)): unknown =>
	Array.isArray(value) ? value.slice(number(from), number(to)) : text(value).slice(number(from), number(to));

const titled = (value: unknown): string => text(value).replace(/(^|\s)\S/g, (start) => start.toUpperCase());

/** Go's own functions and those that docker adds. `and` and `or` look at all of their arguments. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
	and: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
	or: (...values) => values.find(isTrue) ?? values.at(-1),
	not: (value) => !isTrue(value),
	eq: (value, ...others) => others.some((other) => compare(value, other) === 0),
	ne: (one, other) => compare(one, other) !== 0,
	lt: (one, other) => compare(one, other) < 0,
	le: (one, other) => compare(one, other) <= 0,
	gt: (one, other) => compare(one, other) > 0,
	ge: (one, other) => compare(one, other) >= 0,
	len: lengthOf,
	index,
	slice: cut,
	print: (...values) => values.map(printValue).join(''),
	println: (...values) => `${values.map(printValue).join(' ')}\n`,
	printf: (format, ...values) => printFormatted(text(format), values),
	json: (value) => JSON.stringify(value) ?? 'null',
	split: (value, separator) => text(value).split(text(separator)),
	join: (list, separator) => (Array.isArray(list) ? list : []).map(printValue).join(text(separator)),
	title: titled,
	lower: (value) => text(value).toLowerCase(),
	upper: (value) => text(value).toUpperCase(),
	pad: (value, before, after) => `${' '.repeat(number(before))}${text(value)}${' '.repeat(number(after))}`,
	truncate: (value, length) => [...text(value)].slice(0, number(length)).join(''),
};
