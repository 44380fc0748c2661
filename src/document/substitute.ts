/** Where the values of `$NAME` come from. */
export interface VariableSource {
	lookup(name: string): string | undefined;
	/** Told of each plain use of a variable that nothing sets, and where its `$` stands; an empty text takes its place. */
	onUnset(name: string, offset: number): void;
}

/** What is wrong, and where in the text its `$` stands. */
export type SubstitutionProblem = { readonly offset: number } & (
	| { readonly kind: 'invalid'; readonly text: string; readonly isOpen: boolean }
	| { readonly kind: 'required'; readonly name: string; readonly message: string }
);

const depthLimit = 100;

/** Puts values in the place of `$NAME`, `${NAME}` and their `-`, `+` and `?` forms. Takes time linear in the text. */
export function substitute(text: string, variables: VariableSource): string | SubstitutionProblem {
	if (!text.includes('$')) return text;
	return substituteRange({ text, closings: closingBraces(text), variables }, { start: 0, end: text.length, depth: 0 });
}

interface Scan {
	readonly text: string;
	readonly closings: Closings;
	readonly variables: VariableSource;
}

interface Range {
	readonly start: number;
	readonly end: number;
	readonly depth: number;
}

/** Pairs braces by counting, as docker compose does: what follows a `{` is passed over. A pair never spans lines. */
function closingBraces(text: string): Closings {
	const closings = new Int32Array(text.length);
	let open: number[] = [];
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code === newline) open = [];
		else if (code === openingBrace) {
			open.push(index);
			if (text.charCodeAt(index + 1) !== newline) index += 1;
		} else if (code === closingBrace) {
			closings[open.pop() ?? text.length] = index; // one that closes nothing lands outside, which is no place
		}
	}
	return closings;
}

/** Where the brace that opens at an index is closed; 0 where it is not. */
type Closings = Int32Array;

const [newline, openingBrace, closingBrace] = [0x0a, 0x7b, 0x7d];

function substituteRange(scan: Scan, { start, end, depth }: Range): string | SubstitutionProblem {
	const parts: string[] = [];
	let position = start;
	for (let dollar = nextDollar(scan, position, end); dollar !== undefined; dollar = nextDollar(scan, position, end)) {
		parts.push(scan.text.slice(position, dollar));
		const found = substituteOne(scan, { start: dollar, end, depth });
		if ('kind' in found) return found;
		parts.push(found.text);
		position = found.next;
	}
	parts.push(scan.text.slice(position, end));
	return parts.join('');
}

function nextDollar({ text }: Scan, from: number, end: number): number | undefined {
	const found = text.indexOf('$', from);
	return found === -1 || found >= end ? undefined : found;
}

interface Substituted {
	readonly text: string;
	/** Where reading goes on. */
	readonly next: number;
}

/** Reads what stands at a `$`. One that starts nothing is ordinary text. */
function substituteOne(scan: Scan, range: Range): Substituted | SubstitutionProblem {
	const after = range.start + 1;
	const next = after < range.end ? scan.text[after] : undefined;
	if (next === '$') return { text: '$', next: after + 1 };
	if (next === '{') return substituteBraced(scan, range);
	const name = nameAt(scan.text, after, range.end);
	return name === ''
		? { text: '$', next: after }
		: { text: valueAt(range.start, name, scan), next: after + name.length };
}

function nameAt(text: string, position: number, end: number): string {
	namePattern.lastIndex = position;
	return (namePattern.exec(text)?.[0] ?? '').slice(0, Math.max(0, end - position));
}

const namePattern = /[A-Za-z_]\w*/y;

function valueAt(offset: number, name: string, { variables }: Scan): string {
	const value = variables.lookup(name);
	if (value === undefined) variables.onUnset(name, offset);
	return value ?? '';
}

function substituteBraced(scan: Scan, { start, end, depth }: Range): Substituted | SubstitutionProblem {
	const name = nameAt(scan.text, start + 2, end);
	const afterName = start + 2 + name.length;
	const closing = closingOf(scan, start, end);
	const isOpen = closing === undefined;
	const invalid = (): SubstitutionProblem => {
		const text = excerptOf(scan.text, start, isOpen ? end : closing + 1);
		return { kind: 'invalid', text, isOpen, offset: start };
	};
	if (name === '' || isOpen) return invalid();
	if (closing === afterName) return { text: valueAt(start, name, scan), next: closing + 1 };
	const operator = operatorAt(scan.text, afterName);
	if (operator === undefined || depth >= depthLimit) return invalid();
	const word = { start: afterName + operator.length, end: closing, depth: depth + 1 };
	const value = applyOperator(scan, { name, operator, word, start });
	return typeof value === 'string' ? { text: value, next: closing + 1 } : value;
}

/** Where braces do not pair up, the last `}` of the line closes. */
function closingOf({ text, closings }: Scan, start: number, end: number): number | undefined {
	const paired = closings[start + 1] ?? 0;
	if (paired !== 0 && paired < end) return paired;
	const lineEnd = text.indexOf('\n', start);
	const last = text.lastIndexOf('}', (lineEnd === -1 ? end : Math.min(lineEnd, end)) - 1);
	return last > start ? last : undefined;
}

const excerptOf = (text: string, start: number, end: number): string =>
	/^.{1,60}/.exec(text.slice(start, Math.min(end, start + 61)))?.[0] ?? '$';

function operatorAt(text: string, position: number): string | undefined {
	const pattern = /:?[-+?]/y;
	pattern.lastIndex = position;
	return pattern.exec(text)?.[0];
}

interface Braced {
	readonly name: string;
	readonly operator: string;
	/** Where its `$` stands. */
	readonly start: number;
	/** What stands after the operator. */
	readonly word: Range;
}

/** What stands after the operator must be right even where it is not used, but says nothing of unset variables then. */
function applyOperator(scan: Scan, { name, operator, word, start }: Braced): string | SubstitutionProblem {
	const value = scan.variables.lookup(name);
	const counts = value !== undefined && (value !== '' || !operator.startsWith(':'));
	const isUsed = counts === operator.endsWith('+');
	const text = substituteRange(isUsed ? scan : { ...scan, variables: silent(scan.variables) }, word);
	if (typeof text !== 'string') return text;
	if (!isUsed) return value ?? '';
	return operator.endsWith('?') ? { kind: 'required', name, message: text, offset: start } : text;
}

const silent = ({ lookup }: VariableSource): VariableSource => ({ lookup, onUnset: () => undefined });
