import type { AttributePath } from '../document/path.ts';
import { dollarPlaces, reportProblem, reportUnset } from '../document/report-substitution.ts';
import { substitute } from '../document/substitute.ts';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';

export interface EnvReading {
	/** The surrounding variables: they win in expansions, and a key alone on its line takes its value from them. */
	readonly lookup: (name: string) => string | undefined;
	/** What earlier files set; the keys of this one are added. */
	readonly into: Map<string, string>;
	readonly findings: Findings;
	/** The attribute that names the file. */
	readonly path?: AttributePath | undefined;
}

/** Reads a file in the Compose `.env` grammar: quotes over lines, escapes, `${NAME:-default}`, `export`, comments. */
export function readEnv(source: SourceFile, reading: EnvReading): void {
	const cursor: Cursor = { source, position: 0, reading };
	for (skipBlankAndComments(cursor); cursor.position < source.text.length; skipBlankAndComments(cursor)) {
		if (!readStatement(cursor)) return;
	}
}

interface Cursor {
	readonly source: SourceFile;
	position: number;
	readonly reading: EnvReading;
}

/** The match of a sticky pattern at the cursor, which moves behind it. */
function take(cursor: Cursor, pattern: RegExp): string | undefined {
	pattern.lastIndex = cursor.position;
	const match = pattern.exec(cursor.source.text);
	if (match === null) return undefined;
	cursor.position = pattern.lastIndex;
	return match[0];
}

const skipBlankAndComments = (cursor: Cursor): void => {
	take(cursor, /(?:\s+|#[^\n]*)*/y);
};

/** False where the rest of the file cannot be trusted. */
function readStatement(cursor: Cursor): boolean {
	take(cursor, /export[^\S\n]+/y);
	const start = cursor.position;
	const key = (take(cursor, /[^\n=:]*/y) ?? '').trimEnd();
	const problem = problemOfKey(key);
	if (problem !== undefined) return refuse(cursor, start + problem.offset, problem);
	const separator = take(cursor, /[=:]/y);
	if (separator === undefined) inherit(key, cursor);
	else {
		const value = readValue(cursor);
		if (value === undefined) return false;
		cursor.reading.into.set(key, value);
	}
	return true;
}

/** What is wrong with a key, and where in it. */
function problemOfKey(key: string): { readonly message: string; readonly offset: number } | undefined {
	const odd = /[^\p{L}\p{N}_.\-[\]]/u.exec(key);
	if (key === '') return { message: 'a name is missing before `=`', offset: 0 };
	if (odd === null) return undefined;
	const what = /\s/.test(odd[0]) ? 'a blank' : `the character \`${odd[0]}\``;
	return { message: `the name \`${key}\` holds ${what}`, offset: odd.index };
}

function refuse(
	{ source, reading }: Cursor,
	offset: number,
	{ message, hint = 'Write lines as `NAME=value`.' }: { readonly message: string; readonly hint?: string },
): false {
	const { findings, path } = reading;
	findings.error('ENV_FILE_INVALID', message, { at: { source, offset }, path, hint });
	return false;
}

function inherit(key: string, { reading }: Cursor): void {
	const value = reading.lookup(key);
	if (value !== undefined) reading.into.set(key, value);
}

function readValue(cursor: Cursor): string | undefined {
	take(cursor, /[^\S\n]+/y);
	const start = cursor.position;
	const first = cursor.source.text[start];
	if (first === "'") return readSingleQuoted(cursor, start);
	if (first === '"') return readDoubleQuoted(cursor, start);
	const line = take(cursor, /[^\n]*/y) ?? '';
	return expand(line.replace(/\s#.*/s, '').trimEnd(), start, cursor);
}

function readSingleQuoted(cursor: Cursor, start: number): string | undefined {
	const quoted = takeQuoted(cursor, start, "'");
	return quoted?.replaceAll("\\'", "'");
}

function readDoubleQuoted(cursor: Cursor, start: number): string | undefined {
	const quoted = takeQuoted(cursor, start, '"');
	return quoted === undefined ? undefined : expand(quoted.replaceAll(escapePattern, meaningOf), start, cursor);
}

/** What stands between the quotes. By hand: a pattern would keep a way back for each character of an open quote. */
function takeQuoted(cursor: Cursor, start: number, quote: string): string | undefined {
	const { text } = cursor.source;
	let escaped = -1;
	for (let index = start + 1; index < text.length; index += 1) {
		const character = text[index];
		if (character === quote) return endAt(index);
		if (character !== '\\' || (quote === "'" && text[index + 1] !== quote)) continue;
		index += 1;
		escaped = index;
	}
	// In single quotes a backslash before the last quote of the file is only a backslash.
	return quote === "'" && escaped !== -1 ? endAt(escaped) : unterminated(cursor, start);

	function endAt(index: number): string {
		cursor.position = index + 1;
		return text.slice(start + 1, index);
	}
}

function unterminated(cursor: Cursor, start: number): undefined {
	const { text } = cursor.source;
	refuse(cursor, start, {
		message: `the quoted value is not closed: \`${text.slice(start, start + 30).split('\n')[0]}\``,
		hint: `Close it with ${text[start]}.`,
	});
}

const escapePattern = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;

const escapes: Readonly<Record<string, string>> = {
	'\\a': '\x07',
	'\\b': '\b',
	'\\f': '\f',
	'\\n': '\n',
	'\\r': '\r',
	'\\t': '\t',
	'\\v': '\v',
	'\\"': '"',
	'\\\\': '\\',
	// The expansion that follows turns it into one.
	'\\$': '$$',
};

function meaningOf(text: string): string {
	const octal = /^\\0([0-7]{3})$/.exec(text)?.[1];
	return octal === undefined ? (escapes[text] ?? text) : String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
}

function expand(text: string, offset: number, { source, reading }: Cursor): string | undefined {
	const { path } = reading;
	const places = dollarPlaces(text, { source, offset });
	const placeAt = (dollar: number) => ({ path, at: places(dollar) });
	const result = substitute(text, {
		lookup: (name) => reading.lookup(name) ?? reading.into.get(name),
		onUnset: (name, dollar) => reportUnset(name, reading.findings, placeAt(dollar)),
	});
	if (typeof result === 'string') return result;
	reportProblem(result, reading.findings, placeAt(result.offset));
	return undefined;
}
