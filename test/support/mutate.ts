/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Text that means something to a reader of Compose files, or something odd to a reader of anything. */
const scraps = [
	...[
		'{',
		'}',
		'[',
		']',
		'[[[[',
		': ',
		'- ',
		'? ',
		'|\n',
		'>-\n',
		'#',
		"'",
		'"',
		'\t',
		'\n',
		'\r\n',
		'---\n',
		'...\n',
		'%YAML 1.1\n',
	],
	...[
		'&a ',
		'*a',
		'<<: *a\n',
		'!reset ',
		'!override ',
		'!!binary ',
		'!!int ',
		'~',
		'null',
		'0x',
		'1e999',
		'-0',
		'.inf',
		'2001-01-01',
	],
	...[
		'$',
		'${',
		'${A:-',
		'${A:?no}',
		'$$',
		'}'.repeat(40),
		'\0',
		'\u0085',
		'\u2028',
		'\ufeff',
		'😀',
		'\ud800',
		'__proto__',
		'constructor',
	],
	...[
		'services:',
		'extends: {file: compose.yaml, service: a}',
		'include: [compose.yaml]',
		'x-labc: {}',
		'ports: ["1-65535:1-65535"]',
	],
	...[
		'99999999999999999999',
		'-1',
		'1'.repeat(400),
		'a'.repeat(5000),
		':'.repeat(200),
		'../'.repeat(50),
		'/'.repeat(100),
	],
];

type Mutation = (text: string, random: () => number, others: readonly string[]) => string;

const spot = (text: string, random: () => number): number => Math.floor(random() * (text.length + 1));

function pick<T>(items: readonly T[], random: () => number, otherwise: T): T {
	return items[Math.floor(random() * items.length)] ?? otherwise;
}

function onLines(change: (lines: string[], index: number, random: () => number) => void): Mutation {
	return (text, random) => {
		const lines = text.split('\n');
		change(lines, Math.floor(random() * lines.length), random);
		return lines.join('\n');
	};
}

const indents = ['', ' ', '   ', '\t', '  \t', '\u00a0', '    \t# c\n', '\t\n', '# c\n\t# d\n'];
const lineEnds = ['\t', ' ', '\r', '\t# c', ' # c', '# c', '\\', ',', ':', ' |', ' >', ' &a', ' "x"', ' - x'];

/** Other ways to write a key, and a value, which most often mean the same. */
const keyForms: readonly ((key: string) => string)[] = [
	(key) => `"${key}"`,
	(key) => `'${key}' `,
	(key) => `${key}\t`,
	(key) => `!!str ${key}`,
	(key) => `&k ${key}`,
	(key) => `? ${key}\n`,
	() => '<<',
	() => '2001-01-01',
];
const valueForms: readonly ((value: string) => string)[] = [
	(value) => `"${value}"`,
	(value) => `'${value}'`,
	(value) => `"${value}\\"`,
	(value) => `"${value}\\\n   ${value}"`,
	(value) => `"${value}\n\t${value}"`,
	(value) => `'${value}\n\n  ${value}'`,
	(value) => `[${value}]`,
	(value) => `[${value},\n${value}, -]`,
	(value) => `{${value}}`,
	(value) => `{${value}\n  b: c}`,
	(value) => `!!str ${value}`,
	(value) => `!x ${value}`,
	(value) => `&v ${value}`,
	(value) => `\t${value}`,
	(value) => `${value}\n            ${value}`,
	(value) => `|\n            ${value}\n           ${value}`,
	(value) => `>-\n            ${value}\n\n              ${value}\n            ${value}\n`,
	() => '2001-01-01 1:02:03',
];

const writtenAnew: readonly ((text: string) => string)[] = [
	(text) => text.replaceAll('\n', '\r\n'),
	(text) => text.trimEnd(),
	(text) => `\ufeff${text}`,
	(text) => `---\n${text}...\n`,
	(text) => `${text}\n---\nx-a: |\n  b`,
	(text) => text.replaceAll('  ', '\t'),
];

const same = (text: string): string => text;

const mutations: readonly Mutation[] = [
	(text, random) => pick(writtenAnew, random, same)(text),
	onLines((lines, index, random) => {
		lines[index] = `${pick(indents, random, '')}${lines[index]}`;
	}),
	onLines((lines, index, random) => {
		lines[index] += pick(lineEnds, random, '');
	}),
	onLines((lines, index, random) => {
		const form = pick(keyForms, random, same);
		lines[index] = lines[index]?.replace(/[\w.-]+(?=:)/, form) ?? '';
	}),
	onLines((lines, index, random) => {
		const form = pick(valueForms, random, same);
		lines[index] = lines[index]?.replace(/(?<=[:-] )\S.*/, form) ?? '';
	}),
	(text, random) => {
		const at = spot(text, random);
		return text.slice(0, at) + pick(scraps, random, '') + text.slice(at);
	},
	(text, random) => {
		const at = spot(text, random);
		return text.slice(0, at) + text.slice(at + Math.floor(random() * 20));
	},
	(text, random) => {
		const at = spot(text, random);
		return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
	},
	(text, random) => text.slice(0, spot(text, random)),
	(text, random, others) => {
		const other = pick(others, random, '');
		return text.slice(0, spot(text, random)) + other.slice(spot(other, random));
	},
	(text, random) => text.replace(/: .*$/m, () => `: ${pick(scraps, random, '')}`),
	onLines((lines, index) => lines.splice(index, 1)),
	onLines((lines, index) => lines.splice(index, 0, lines[index] ?? '')),
	onLines((lines, index, random) => {
		lines[index] = `${' '.repeat(Math.floor(random() * 6))}${lines[index]}`;
	}),
	onLines((lines, index, random) => {
		const value = pick(lines, random, '').split(': ')[1] ?? pick(scraps, random, '');
		lines[index] = `${(lines[index] ?? '').split(':')[0]}: ${value}`;
	}),
	onLines((lines, index, random) => {
		const other = Math.floor(random() * lines.length);
		[lines[index], lines[other]] = [lines[other] ?? '', lines[index] ?? ''];
	}),
];

/** `text` with one to five accidents. */
export function mutate(text: string, random: () => number, others: readonly string[]): string {
	let mutated = text;
	for (let count = 1 + Math.floor(random() * 5); count > 0; count -= 1) {
		const mutation = pick<Mutation>(mutations, random, same);
		mutated = mutation(mutated, random, others).slice(0, 100_000);
	}
	return mutated;
}
