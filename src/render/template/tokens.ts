import { templateError } from './template-error.ts';

/** What stands between `{{` and `}}`, cut into words. */
export interface Token {
	readonly kind: 'text' | 'number' | 'field' | 'variable' | 'name' | 'mark';
	readonly text: string;
	/** A field right behind a value belongs to it. */
	readonly isAttached: boolean;
}

export type Piece =
	| { readonly kind: 'literal'; readonly text: string }
	| { readonly kind: 'action'; readonly tokens: readonly Token[] };

/** Splits a template into its text and its actions; `{{-` and `-}}` take the blanks beside them away. */
export function splitTemplate(template: string): readonly Piece[] {
	const pieces: Piece[] = [];
	let rest = template;
	for (let start = rest.indexOf('{{'); start !== -1; start = rest.indexOf('{{')) {
		const trimsLeft = /^\{\{-\s/.test(rest.slice(start));
		const before = rest.slice(0, start);
		pieces.push({ kind: 'literal', text: trimsLeft ? before.trimEnd() : before });
		const inside = rest.slice(start + (trimsLeft ? 3 : 2));
		const end = endOfAction(inside);
		const trimsRight = /\s-$/.test(inside.slice(0, end));
		const action = inside.slice(0, trimsRight ? end - 1 : end);
		if (!/^\s*\/\*[\s\S]*\*\/\s*$/.test(action)) pieces.push({ kind: 'action', tokens: tokenise(action) });
		rest = inside.slice(end + 2);
		if (trimsRight) rest = rest.trimStart();
	}
	return [...pieces, { kind: 'literal', text: rest }];
}

/** Braces inside quotes end nothing. */
function endOfAction(inside: string): number {
	const quoted = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}/g;
	for (const match of inside.matchAll(quoted)) {
		if (match[0] === '}}') return match.index;
	}
	throw templateError('`{{` is not closed', 'Close it with `}}`.');
}

const pattern =
	/(?<blank>\s+)|(?<text>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>[+-]?\d+(?:\.\d+)?)|(?<field>\.[A-Za-z_]\w*)|(?<variable>\$\w*)|(?<name>[A-Za-z_]\w*)|(?<mark>:=|[=|(),.])|(?<other>[\s\S])/g;

const kinds = ['text', 'number', 'field', 'variable', 'name', 'mark'] as const;

function tokenise(action: string): readonly Token[] {
	const tokens: Token[] = [];
	let isAttached = false;
	for (const { 0: text, groups = {} } of action.matchAll(pattern)) {
		if (groups['other'] !== undefined) throw templateError(`\`${text}\` is not expected in \`{{${action}}}\``);
		const kind = kinds.find((name) => groups[name] !== undefined);
		if (kind !== undefined) tokens.push({ kind, text: kind === 'text' ? unquote(text) : text, isAttached });
		isAttached = kind !== undefined;
	}
	return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const unquote = (text: string): string =>
	text.startsWith('`')
		? text.slice(1, -1)
		: text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
