const bases: readonly { readonly prefix: RegExp; readonly digits: RegExp; readonly base: number }[] = [
	{ prefix: /^0x_?/i, digits: /^[\da-f]+(?:_[\da-f]+)*$/i, base: 16 },
	{ prefix: /^0o_?/i, digits: /^[0-7]+(?:_[0-7]+)*$/, base: 8 },
	{ prefix: /^0b_?/i, digits: /^[01]+(?:_[01]+)*$/, base: 2 },
	{ prefix: /^0_?(?=\d)/, digits: /^[0-7]+(?:_[0-7]+)*$/, base: 8 },
	{ prefix: /^/, digits: /^\d+(?:_\d+)*$/, base: 10 },
];

/** A whole number as docker compose's flags take them: `0x10`, `0b11`, `010` for eight and `1_000` are numbers too. */
export function readGoInteger(text: string): number | undefined {
	const [, sign = '', unsigned = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
	const form = bases.find(({ prefix }) => prefix.test(unsigned));
	const digits = form === undefined ? '' : unsigned.replace(form.prefix, '');
	if (form === undefined || !form.digits.test(digits)) return undefined;
	const value = Number.parseInt(digits.replaceAll('_', ''), form.base) * (sign === '-' ? -1 : 1);
	return Number.isSafeInteger(value) ? value + 0 : undefined;
}
