import { CST, type Parser } from 'yaml';

/** How far the parser is: where the next lexeme begins, and what is open there. */
export type Progress = Readonly<Pick<Parser, 'offset' | 'stack'>>;

/**
 * Tells of each lexeme in turn where a tab stands in it that docker compose's YAML does not take: at the begin of a line
 * and behind `-` and `?` there are only spaces. The parser takes more. In quotes and brackets any blank will do.
 */
export function watchTabs(text: string): (lexeme: string, progress: Progress) => number | undefined {
	const line: Line = {
		start: 0,
		mayBegin: true,
		depth: 0,
		plainIndent: undefined,
		isBelowPlain: false,
		isBelowComment: false,
		header: undefined,
		isText: false,
	};
	return (lexeme, progress) => {
		if (line.isText) return tabInText(lexeme, progress, line);
		const type = CST.tokenType(lexeme);
		if (type !== 'space') return step(line, type, { lexeme, offset: progress.offset });
		const tab = tabInBlanks(lexeme, progress.offset, line);
		return tab !== undefined && line.isBelowComment && isComment(tab, text) ? undefined : tab;
	};
}

interface Line {
	start: number;
	/** Whether a key or an item may begin here. */
	mayBegin: boolean;
	/** How many brackets are open. */
	depth: number;
	/** Behind an unquoted text, which may go on below: how far the collection around it is indented. */
	plainIndent: number | undefined;
	isBelowPlain: boolean;
	/** Behind a comment on a line of its own: up to another comment any blank will do. */
	isBelowComment: boolean;
	/** Of the block that follows. */
	header: string | undefined;
	/** Whether the next lexeme is an unquoted text or a block. */
	isText: boolean;
}

/** -1 outside of all collections. */
function indentOf(stack: Progress['stack']): number {
	const collection = stack.findLast(({ type }) => type === 'block-map' || type === 'block-seq');
	return collection !== undefined && 'indent' in collection ? collection.indent : -1;
}

/** Whether only blanks stand between this place and the next comment. */
function isComment(offset: number, text: string): boolean {
	const comment = /\s*#/y;
	comment.lastIndex = offset;
	return comment.test(text);
}

function tabInText(text: string, { offset, stack }: Progress, line: Line): number | undefined {
	const { header } = line;
	const indent = indentOf(stack);
	line.isText = false;
	line.header = undefined;
	line.mayBegin = header !== undefined;
	line.plainIndent = header === undefined ? indent : undefined;
	line.isBelowPlain = false;
	line.isBelowComment = false;
	const tab = header === undefined ? undefined : tabInBlock(text, header, indent);
	return tab === undefined ? undefined : offset + tab;
}

function tabInBlanks(blanks: string, offset: number, line: Line): number | undefined {
	const tab = blanks.indexOf('\t');
	if (tab === -1) return undefined;
	const isFault =
		line.isBelowPlain && line.plainIndent !== undefined
			? offset + tab - line.start <= line.plainIndent
			: line.mayBegin && line.depth === 0;
	return isFault ? offset + tab : undefined;
}

interface Lexeme {
	readonly lexeme: string;
	readonly offset: number;
}

function step(line: Line, type: CST.TokenType | string | null, { lexeme, offset }: Lexeme): undefined {
	line.isText = type === 'scalar';
	if (type === 'block-scalar-header') line.header = lexeme;
	if (type === 'newline') {
		line.start = offset + lexeme.length;
		line.mayBegin = true;
		line.isBelowPlain = line.plainIndent !== undefined;
		return;
	}
	line.plainIndent = undefined;
	line.isBelowComment = type === 'comment' && line.mayBegin;
	if (unchanging.has(type)) return;
	line.mayBegin = type === 'seq-item-ind' || type === 'explicit-key-ind';
	if (type === 'flow-map-start' || type === 'flow-seq-start') line.depth += 1;
	else if (type === 'flow-map-end' || type === 'flow-seq-end') line.depth -= 1;
	else if (type === 'flow-error-end') line.depth = 0;
}

/** What comes before a key as blanks do, and the colon, behind which only a key's own line goes on. */
const unchanging: ReadonlySet<string | null> = new Set(['comment', 'map-value-ind', 'byte-order-mark', 'doc-mode']);

/** Where a tab stands in the indentation of a block; without a digit its first line that says something gives that. */
function tabInBlock(text: string, header: string, outer: number): number | undefined {
	const digit = /\d/.exec(header)?.[0];
	let indent = digit === undefined ? undefined : Math.max(outer, 0) + Number(digit);
	let start = 0;
	for (const line of text.split('\n')) {
		const blanks = /^ */.exec(line)?.[0].length ?? 0;
		if (line[blanks] === '\t' && (indent === undefined || blanks < indent)) return start + blanks;
		if (/[^ \r]/.test(line)) indent ??= blanks;
		start += line.length + 1;
	}
	return undefined;
}
