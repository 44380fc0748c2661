import { Lexer, Parser, type CST as YamlCst } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import { withPlainColons } from './plain-colons.ts';
import { withPlainDashes } from './plain-dashes.ts';
import { type Fault, watchLexemes } from './watch-lexemes.ts';

/** Deeper than any real file; past this a file is an attack or an accident. */
export const depthLimit = 100;

/** More values than any real file has, aliases spelled out; past this a file is an attack or an accident. */
export const nodeLimit = 200_000;

export interface Tokens {
	readonly tokens: readonly YamlCst.Token[];
	/** What docker compose's YAML minds in them. */
	readonly faults: readonly Fault[];
}

/** The parser's tokens, or undefined where there would be too many or they nest too deep: found before they are made. */
export function tokensOf(source: SourceFile, findings: Findings): Tokens | undefined {
	const parser = new Parser();
	const tokens: YamlCst.Token[] = [];
	const faults: Fault[] = [];
	const watch = watchLexemes(source.text, faults);
	const mayBeLarge = separatorsOf(source.text) > nodeLimit;
	if (mayBeLarge && hasTooManyValues(source.text)) {
		return refuse(0, `larger than ${nodeLimit} values`, { source, findings });
	}
	const lexemes = withPlainDashes(source.text, new Lexer().lex(source.text));
	for (const lexeme of withPlainColons(source.text, lexemes)) {
		watch?.(lexeme, parser);
		for (const token of parser.next(lexeme)) tokens.push(token);
		if (parser.stack.length > depthLimit) {
			return refuse(parser.offset, `nested deeper than ${depthLimit} levels`, { source, findings });
		}
	}
	for (const token of parser.end()) tokens.push(token);
	return { tokens, faults };
}

interface Place {
	readonly source: SourceFile;
	readonly findings: Findings;
}

function refuse(offset: number, what: string, { source, findings }: Place): undefined {
	const hint = 'Flatten or split the file.';
	findings.error('YAML_INVALID', `the YAML is ${what}`, { at: { source, offset }, hint });
}

/** At least as many as there are values, counted cheaply: blocks of text hold such characters too. */
function separatorsOf(text: string): number {
	let count = 0;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code === newline || code === comma || code === colon || code === bracket || code === brace || code === dash)
			count += 1;
	}
	return count;
}

const [newline, comma, colon, bracket, brace, dash] = [0x0a, 0x2c, 0x3a, 0x5b, 0x7b, 0x2d];

/** By the lexer alone, which is a tenth of the work, and only as far as needed. */
function hasTooManyValues(text: string): boolean {
	let count = 0;
	for (const lexeme of new Lexer().lex(text)) {
		if (lexeme === ',' || lexeme === ':' || lexeme === '-') count += 1;
		if (count > nodeLimit) return true;
	}
	return false;
}
