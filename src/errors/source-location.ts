/** A text that was read, kept so that a message can show the line it speaks of. */
export interface SourceFile {
	/** The path as messages show it; `-` for standard input. */
	readonly path: string;
	readonly text: string;
}

/** A place in a source: an offset into its text, in UTF-16 units. */
export interface Position {
	readonly source: SourceFile;
	readonly offset: number;
}

/** A place as a person reads it. Line and column count from 1. */
export interface SourceLocation {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly lineText: string;
}

export function locate({ source, offset }: Position): SourceLocation {
	const starts = lineStartsOf(source);
	const line = lineOf(starts, offset);
	const lineStart = starts[line - 1] ?? 0;
	const nextStart = starts[line] ?? source.text.length;
	return {
		file: source.path,
		line,
		column: offset - lineStart + 1,
		lineText: source.text.slice(lineStart, nextStart).replace(/(?:\r\n|[\r\n\u0085\u2028\u2029])$/, ''),
	};
}

/** Where docker compose's YAML ends a line. */
const lineEnd = /\r\n|[\r\n\u0085\u2028\u2029]/g;

/** Found once a source, so that thousands of findings in one file stay cheap. */
const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(source: SourceFile): readonly number[] {
	const known = lineStarts.get(source);
	if (known !== undefined) return known;
	const starts = [0];
	for (const { 0: found, index } of source.text.matchAll(lineEnd)) starts.push(index + found.length);
	lineStarts.set(source, starts);
	return starts;
}

/** The number of the line that holds `offset`: how many lines start at or before it. */
function lineOf(starts: readonly number[], offset: number): number {
	let low = 0;
	let high = starts.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((starts[middle] ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return low;
}
