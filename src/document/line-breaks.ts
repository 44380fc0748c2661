/**
 * docker compose's YAML ends a line as YAML 1.1 does: also at a carriage return alone, at a next line (U+0085), and at
 * a line or paragraph separator. The parser knows newlines only.
 */
const foreignBreaks = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** The text with a newline for each other end of a line, every offset as it was; the same text where there is none. */
export const withNewlines = (text: string): string => text.replaceAll(foreignBreaks, '\n');

const separator = /[\u2028\u2029]/;
const readOtherwise = /[\u2028\u2029]|\\(?:'|(?:\r\n|[\n\r\u0085])[ \t]*[\n\r\u0085])/;

const blockHeader = /[|>][-+\d]{0,2}[ \t]*(?:#[^\n\r]*)?[\n\r\u0085]/;

const holdsOpenBlock = (text: string): boolean => !/[\n\r\u0085]/.test(text.slice(-1)) && blockHeader.test(text);

/**
 * Whether docker compose may read a scalar of the text otherwise than the parser: separators stay what they are, an
 * escaped end of a line leaves the empty lines below it, `\\'` is an escape, and a block whose last line does not end
 * gets no end of a line.
 */
export const mayReadOtherwise = (text: string): boolean => readOtherwise.test(text) || holdsOpenBlock(text);

const lineBreak = '(?:\\r\\n|[\\r\\n\\u0085\\u2028\\u2029])';
const oneBreak = new RegExp(lineBreak, 'g');
const breakRun = new RegExp(`[ \\t]*${lineBreak}(?:[ \\t]*${lineBreak})*[ \\t]*|[ \\t]+`, 'g');
const escapeOrRun = new RegExp(`\\\\${lineBreak}(?:[ \\t]*${lineBreak})*[ \\t]*|\\\\.|${breakRun.source}`, 'gs');

/** What an unquoted or single-quoted text of several lines says. */
export const foldedText = (written: string): string => written.replaceAll(breakRun, foldedRun);

/** A double-quoted text of several lines as one of one line: its breaks are escapes. */
export function onOneLine(written: string): string {
	return written.replaceAll(escapeOrRun, (run) => {
		if (!run.startsWith('\\')) return escaped(foldedRun(run));
		const breaks = breaksOf(run);
		return breaks.length === 0 ? withoutBackslash(run) : escaped(breaks.slice(1).join(''));
	});
}

const withoutBackslash = (written: string): string => (written === "\\'" ? "'" : written);

/** A single newline is a blank, the first of several is nothing; a separator stays, and all behind it. */
function foldedRun(run: string): string {
	const [first, ...others] = breaksOf(run);
	if (first === undefined) return run;
	if (first !== '\n') return first + others.join('');
	return others.length === 0 ? ' ' : others.join('');
}

/** The ends of lines in a text, the separators as they are and the others as newlines. */
const breaksOf = (text: string): readonly string[] => [...text.matchAll(oneBreak)].map(([found]) => meaningOf(found));

const meaningOf = (found: string): string => (separator.test(found) ? found : '\n');

const escaped = (breaks: string): string =>
	breaks.replaceAll('\n', '\\n').replaceAll('\u2028', '\\L').replaceAll('\u2029', '\\P');

export interface BlockStyle {
	readonly isFolded: boolean;
	readonly chomping: '+' | '-' | '';
	/** How far its lines are indented; undefined: as far as the first that says something. */
	readonly indent: number | undefined;
}

/** What a block says, from the lines below its header. */
export function blockText(written: string, style: BlockStyle): string {
	const lines = linesOf(written);
	const indent = style.indent ?? indentOfAll(lines.map(({ text }) => text));
	let value = '';
	/** The end of the last line that says something, and the empty lines below it. */
	let [end, empties] = ['', ''];
	let isIndented = false;
	for (const { text, end: ownEnd } of lines) {
		const content = text.slice(Math.min(indent, indentOf(text)));
		if (content === '') {
			empties += ownEnd;
			continue;
		}
		const isMore = /^[ \t]/.test(content);
		const folds = style.isFolded && end === '\n' && !isIndented && !isMore;
		value += (folds ? blankFor(empties) : end) + empties + content;
		[end, empties, isIndented] = [ownEnd, '', isMore];
	}
	if (style.chomping === '-') return value;
	return style.chomping === '+' ? value + end + empties : value + end;
}

/** As far as the first line that says something; where none does, as far as the longest. */
function indentOfAll(lines: readonly string[]): number {
	const first = lines.find((line) => /[^ ]/.test(line));
	return first === undefined ? Math.max(0, ...lines.map(indentOf)) : indentOf(first);
}

const blankFor = (empties: string): string => (empties === '' ? ' ' : '');

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

function linesOf(written: string): readonly { readonly text: string; readonly end: string }[] {
	let start = 0;
	const lines = [...written.matchAll(oneBreak)].map(({ 0: found, index }) => {
		const text = written.slice(start, index);
		start = index + found.length;
		return { text, end: meaningOf(found) };
	});
	return start === written.length ? lines : [...lines, { text: written.slice(start), end: '' }];
}
