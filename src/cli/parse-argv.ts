import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Flag, Flags, FlagValues } from './command.ts';
import { readGoInteger } from './go-integer.ts';

export interface ParseOptions {
	/** The words that the flags follow, for hints: `labc compose up`. */
	readonly commandName: string;
	/** The first argument ends the flags; everything from it on is handed over as it is. */
	readonly flagsEndAtFirstArgument?: boolean | undefined;
	readonly takesNoArguments?: boolean | undefined;
	/** Flags that exist, but stand before this command's name: an unknown flag among them gets a better hint. */
	readonly flagsBefore?: Flags | undefined;
}

export interface ParsedArgv<F extends Flags> {
	readonly values: FlagValues<F>;
	readonly args: readonly string[];
}

type FlagValue = string | number | boolean | readonly string[];

interface Reading {
	readonly flags: Flags;
	readonly options: ParseOptions;
	/** Words not read yet; a flag's value is taken from its front. */
	readonly words: string[];
	readonly values: Map<string, FlagValue>;
}

/**
 * Reads flags and arguments as docker compose's own parser does: `--flag value`, `--flag=value`, `-f value`,
 * `-fvalue`, `-f=value`, `-dit`, `--switch=false`, flags among the arguments, and `--` to end the flags.
 */
export function parseArgv<F extends Flags>(argv: readonly string[], flags: F, options: ParseOptions): ParsedArgv<F> {
	const reading: Reading = { flags, options, words: [...argv], values: emptyLists(flags) };
	const args: string[] = [];
	for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
		if (word === '--') return parsed(reading, [...args, ...reading.words]);
		if (word.startsWith('--')) readLongFlag(word, reading);
		else if (word.startsWith('-') && word !== '-') readShortFlags(word, reading);
		else if (options.flagsEndAtFirstArgument) return parsed(reading, [word, ...reading.words]);
		else args.push(word);
	}
	return parsed(reading, args);
}

function parsed<F extends Flags>({ values, options }: Reading, args: readonly string[]): ParsedArgv<F> {
	const [surplus] = args;
	if (options.takesNoArguments && surplus !== undefined) {
		throw new LabcError('USAGE_INVALID', `\`${options.commandName}\` takes no arguments, not \`${surplus}\``, {
			hint: `Leave \`${surplus}\` out.`,
		});
	}
	return { values: Object.fromEntries(values) as FlagValues<F>, args };
}

const emptyLists = (flags: Flags): Map<string, FlagValue> =>
	new Map(
		Object.entries(flags)
			.filter(([, flag]) => flag.type === 'list')
			.map(([name]) => [name, []]),
	);

function readLongFlag(word: string, reading: Reading): void {
	const equals = word.indexOf('=');
	const name = word.slice(2, equals === -1 ? undefined : equals);
	const flag = Object.hasOwn(reading.flags, name) ? reading.flags[name] : undefined;
	if (flag === undefined) throw unknownFlag(`--${name}`, reading);
	if (equals !== -1) store(name, word.slice(equals + 1), reading);
	else if (flag.type === 'boolean') store(name, 'true', reading);
	else if (flag.valueIsOptional) storeAlone(name, flag, reading);
	else store(name, takeValue(`--${name}`, reading), reading);
}

/** A value that stands apart would be taken for an argument. */
function storeAlone(name: string, { valueLooksLike }: Flag, reading: Reading): void {
	const [next = ''] = reading.words;
	if (valueLooksLike?.test(next)) {
		throw new LabcError(
			'USAGE_INVALID',
			`\`--${name}\` takes its value behind \`=\`, not as a word of its own: \`${next}\``,
			{
				hint: `Write \`--${name}=${next}\`, or \`${next}\` before the flag where it is an argument.`,
			},
		);
	}
	store(name, '', reading);
}

/** `-dit` is `-d -i -t`; the first letter whose flag takes a value takes the rest of the word as it. */
function readShortFlags(word: string, reading: Reading): void {
	for (let index = 1; index < word.length; index += 1) {
		const letter = word.charAt(index);
		const [name, flag] = findByLetter(letter, reading.flags) ?? [];
		if (name === undefined || flag === undefined) throw unknownShortFlag(letter, word, reading);
		const rest = word.slice(index + 1);
		if (flag.type === 'boolean' && !rest.startsWith('=')) {
			store(name, 'true', reading);
			continue;
		}
		store(name, rest === '' ? takeValue(`-${letter}`, reading) : rest.replace(/^=/, ''), reading);
		return;
	}
}

const findByLetter = (letter: string, flags: Flags): readonly [string, Flag] | undefined =>
	Object.entries(flags).find(([, flag]) => flag.short === letter);

function takeValue(flag: string, { words, options }: Reading): string {
	const value = words.shift();
	if (value !== undefined) return value;
	throw new LabcError('USAGE_INVALID', `flag needs an argument: ${flag}`, { hint: seeHelp(options) });
}

function store(name: string, text: string, { flags, values }: Reading): void {
	const type = flags[name]?.type;
	if (type === 'boolean') values.set(name, parseSwitch(name, text));
	else if (type === 'integer') values.set(name, parseInteger(name, text));
	else if (type === 'list') values.set(name, [...listOf(values.get(name)), text]);
	else values.set(name, text);
}

const listOf = (value: FlagValue | undefined): readonly string[] => (Array.isArray(value) ? value : []);

const switchWords: Readonly<Record<string, boolean>> = {
	'1': true,
	t: true,
	true: true,
	'0': false,
	f: false,
	false: false,
};

function parseSwitch(name: string, text: string): boolean {
	const value = switchWords[text.toLowerCase()];
	if (value !== undefined) return value;
	throw new LabcError('USAGE_INVALID', `\`--${name}\` takes true or false, not \`${text}\``, {
		hint: `Give \`--${name}\` alone to switch it on, or \`--${name}=false\`.`,
	});
}

function parseInteger(name: string, text: string): number {
	const value = readGoInteger(text);
	if (value !== undefined) return value;
	throw new LabcError('USAGE_INVALID', `\`--${name}\` takes a whole number, not \`${text}\``, {
		hint: `Write it in digits, for example \`--${name} 10\`.`,
	});
}

function unknownFlag(word: string, { flags, options }: Reading): LabcError {
	const nearest = didYouMean(word.slice(2), visibleNames(flags));
	const hint = hintForFlagBefore(word, word.slice(2), options) ?? (nearest && `Did you mean \`--${nearest}\`?`);
	return new LabcError('USAGE_INVALID', `unknown flag: ${word}`, { hint: hint ?? seeHelp(options) });
}

function unknownShortFlag(letter: string, word: string, { options }: Reading): LabcError {
	const name = findByLetter(letter, options.flagsBefore ?? {})?.[0];
	const hint = name && hintForFlagBefore(`-${letter}`, name, options);
	return new LabcError('USAGE_INVALID', `unknown shorthand flag: \`${letter}\` in ${word}`, {
		hint: hint ?? seeHelp(options),
	});
}

function hintForFlagBefore(flag: string, name: string, { commandName, flagsBefore }: ParseOptions): string | undefined {
	if (!Object.hasOwn(flagsBefore ?? {}, name)) return undefined;
	const split = commandName.lastIndexOf(' ');
	return `Put \`${flag}\` before the command: \`${commandName.slice(0, split)} ${flag} … ${commandName.slice(split + 1)}\`.`;
}

const visibleNames = (flags: Flags): readonly string[] =>
	Object.keys(flags).filter((name) => flags[name]?.hidden !== true);

const seeHelp = ({ commandName }: ParseOptions): string => `Run \`${commandName} --help\` to see its flags.`;
