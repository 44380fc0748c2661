import { encodeBinary } from './decode-binary.ts';
import { formatFloat } from './format-scalar.ts';
import { resolveScalar } from './resolve-scalar.ts';

/** A scalar as docker compose's YAML writes it: plain where that reads back as the same, else in quotes or as a block. */
export function writeScalar(value: unknown, indent: string): string {
	if (typeof value === 'string') return writeText(value, indent);
	return typeof value === 'number' ? writeNumber(value) : String(value ?? null);
}

const writeNumber = (value: number): string => (Number.isSafeInteger(value) ? String(value) : writeFloat(value));

export function writeFloat(value: number): string {
	if (Number.isFinite(value)) return formatFloat(value);
	if (Number.isNaN(value)) return '.nan';
	return value > 0 ? '.inf' : '-.inf';
}

function writeText(text: string, indent: string): string {
	if (!text.isWellFormed()) return writeBinary(text, indent);
	if (text.includes('\n')) return canBeBlock(text) ? writeBlock(text, indent) : writeDoubleQuoted(text);
	return writeLine(text, indent);
}

/** A key, which is always one line. */
export const writeKey = (text: string): string =>
	text.isWellFormed() ? writeLine(text, '') : `!!binary ${encodeBinary(text)}`;

/** More than a line of base64 is a block. */
function writeBinary(text: string, indent: string): string {
	const base64 = encodeBinary(text);
	if (base64.length < base64Line) return `!!binary ${base64}`;
	const lines = base64.match(/.{1,70}/g) ?? [];
	return `!!binary ${writeBlock(`${lines.join('\n')}\n`, indent)}`;
}

const base64Line = 70;

/** Whether the bytes of a text that is none stand on one line. */
export const isBinaryLine = (text: string): boolean => encodeBinary(text).length < base64Line;

function writeLine(text: string, indent: string): string {
	if (!readsAsText(text) || text === '' || needsEscapes(text) || spaceAtSeparator.test(text)) {
		return writeDoubleQuoted(text);
	}
	return canBePlain(text) ? text : `'${indented(text.replaceAll("'", "''"), indent)}'`;
}

/** U+2028 and U+2029 end a line too: what follows them is indented. */
const indented = (text: string, indent: string): string =>
	text.replaceAll(/[\u2028\u2029](?=[^\u2028\u2029\n])/g, `$&${indent}`);

const spaceAtSeparator = / [\u2028\u2029]|[\u2028\u2029] /;

const yaml11Booleans = /^(?:y|n|yes|no|on|off)$/i;
const mixedCase = /^(?:yEs|yeS|yES|YeS|YEs|nO|oN|oFf|ofF|oFF|OfF|OFf)$/;
const sexagesimal = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;

/** Whether an unquoted `text` would be read as text by YAML 1.1 and 1.2 alike. */
function readsAsText(text: string): boolean {
	const resolved = resolveScalar(text);
	if (resolved === 'merge') return true;
	if (typeof resolved.value !== 'string' || resolved.isTimestamp === true) return false;
	return !sexagesimal.test(text) && (!yaml11Booleans.test(text) || mixedCase.test(text));
}

/** Characters that only double quotes can hold: controls, tabs, line breaks and what lies beyond 16 bits. */
const needsEscapes = (text: string): boolean => /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text);

function canBePlain(text: string): boolean {
	if (/^ | $/.test(text) || /^(?:---|\.\.\.)/.test(text)) return false;
	if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?](?: |$)/.test(text)) return false;
	return !/:(?: |$)| #|[\u2028\u2029]/.test(text);
}

const canBeBlock = (text: string): boolean =>
	!needsEscapes(text.replaceAll(/[\n\t]/g, '')) && !/ (?:[\n\u2028\u2029]|$)/.test(text);

/** The header tells how many blanks lead and how many line ends trail, where they are not the usual. */
function writeBlock(text: string, indent: string): string {
	const leading = /^[ \n\u2028\u2029]/.test(text) ? '2' : '';
	const trailing = text.endsWith('\n') ? (/(?:^|\n)\n$/.test(text) ? '+' : '') : '-';
	const lines = text.replace(/\n$/, '').split('\n');
	return `|${leading}${trailing}\n${lines.map((line) => (line === '' ? '' : `${indent}${indented(line, indent)}`)).join('\n')}`;
}

const shortEscapes: Readonly<Record<string, string>> = {
	'\0': '\\0',
	'\x07': '\\a',
	'\b': '\\b',
	'\t': '\\t',
	'\n': '\\n',
	'\v': '\\v',
	'\f': '\\f',
	'\r': '\\r',
	'\x1b': '\\e',
	'"': '\\"',
	'\\': '\\\\',
	'\x85': '\\N',
	'\u2028': '\\L',
	'\u2029': '\\P',
};

function writeDoubleQuoted(text: string): string {
	const escaped = [...text].map((character) => {
		const short = shortEscapes[character];
		if (short !== undefined) return short;
		return needsEscapes(character) ? numericEscape(character.codePointAt(0) ?? 0) : character;
	});
	return `"${escaped.join('')}"`;
}

function numericEscape(code: number): string {
	const digits = code.toString(16).toUpperCase();
	if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
	return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
