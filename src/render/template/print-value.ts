/** A value as Go prints it: lists in brackets, objects in braces, their values side by side. */
export function printValue(value: unknown): string {
	if (value === undefined || value === null) return '<no value>';
	if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
	if (typeof value === 'object') return `{${Object.values(value).map(printValue).join(' ')}}`;
	return String(value);
}

/** Go's `printf` for the verbs that people use in templates: v s q d x t f %. */
export function printFormatted(format: string, args: readonly unknown[]): string {
	const left = [...args];
	const text = format.replace(
		/%(?<flags>[-+0 ]*)(?<width>\d*)(?:\.(?<precision>\d+))?(?<verb>[a-zA-Z%])/g,
		(whole, ...groups) => {
			const { flags = '', width = '', precision, verb = '' } = groups.at(-1) as Readonly<Record<string, string>>;
			if (verb === '%') return '%';
			if (left.length === 0) return `%!${verb}(MISSING)`;
			const printed = printVerb(verb, left.shift(), precision);
			if (printed === undefined) return whole;
			if (flags.includes('-')) return printed.padEnd(Number(width));
			return printed.padStart(Number(width), flags.includes('0') && verb !== 's' ? '0' : ' ');
		},
	);
	return text;
}

function printVerb(verb: string, value: unknown, precision: string | undefined): string | undefined {
	if (verb === 'f') return Number(value).toFixed(precision === undefined ? 6 : Number(precision));
	if (verb === 'q') return JSON.stringify(printValue(value));
	if (verb === 'x') return Number(value).toString(16);
	if (!'vsdt'.includes(verb)) return undefined;
	const printed = printValue(value);
	return verb === 's' && precision !== undefined ? printed.slice(0, Number(precision)) : printed;
}
