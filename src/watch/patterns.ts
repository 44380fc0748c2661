/** Patterns in the syntax of `.dockerignore`, made ready to be asked. Paths are relative, with slashes. */
export interface PatternSet {
	/** The last pattern that fits the path or a folder above it decides; `!` takes out again. */
	matches(path: string): boolean;
	/** Whether something below a folder that matches may be taken out again. */
	readonly hasExceptions: boolean;
}

/** Lines of an ignore file that are patterns. */
export const parseIgnoreFile = (text: string): readonly string[] =>
	text
		.replace(/^\uFEFF/, '')
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));

/** The first line that docker takes for no pattern either: a set that nobody closes, or a backslash before nothing. */
export const brokenPattern = (lines: readonly string[]): string | undefined =>
	lines.find((line) => !/^(?:[^\\[]|\\.|\[(?!\^?\])(?:[^\]\\]|\\.)+\])*$/s.test(line));

export function patternSet(lines: readonly string[]): PatternSet {
	const patterns = lines.map(parsePattern).filter((pattern) => pattern !== undefined);
	return {
		hasExceptions: patterns.some(({ isException }) => isException),
		matches(path) {
			let matched = false;
			for (const { expression, isException } of patterns) {
				if (isException === matched && fitsPathOrParent(expression, path)) matched = !isException;
			}
			return matched;
		},
	};
}

interface Pattern {
	readonly expression: RegExp;
	readonly isException: boolean;
}

function parsePattern(line: string): Pattern | undefined {
	const trimmed = line.trim();
	const isException = trimmed.startsWith('!');
	const text = cleanPath(isException ? trimmed.slice(1).trim() : trimmed);
	return text === '' ? undefined : { expression: toExpression(text), isException };
}

/** Dots, double slashes and slashes at the ends are cleared away; what climbs above the root stays at it. */
function cleanPath(path: string): string {
	const parts: string[] = [];
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') parts.pop();
		else parts.push(part);
	}
	return parts.join('/');
}

function fitsPathOrParent(expression: RegExp, path: string): boolean {
	if (expression.test(path)) return true;
	for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
		if (expression.test(path.slice(0, slash))) return true;
	}
	return false;
}

/** `**` is any number of folders, `*` and `?` stay in one, `[a-z]` is a set, a backslash takes a character as it is. */
function toExpression(pattern: string): RegExp {
	const source = pattern.replace(tokens, (token: string, at: number) =>
		translate(token, at + token.length === pattern.length),
	);
	return new RegExp(`^${source}$`, 's');
}

const tokens = /\*\*\/?|\[.[^\]]*\]|\\.|./gs;

function translate(token: string, isLast: boolean): string {
	if (token.startsWith('**')) return isLast ? '.*' : '(?:.*/)?';
	if (token === '*') return '[^/]*';
	if (token === '?') return '[^/]';
	if (token.length === 1) return literal(token);
	return token.startsWith('[') ? translateSet(token.slice(1, -1)) : literal(token.slice(1));
}

function translateSet(inner: string): string {
	const negated = inner.startsWith('^');
	return `[${negated ? '^' : ''}${(negated ? inner.slice(1) : inner).replace(/[\\\]^[&|~]/g, '\\$&')}]`;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
