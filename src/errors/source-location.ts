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
	const before = source.text.slice(0, offset);
	const lineStart = before.lastIndexOf('\n') + 1;
	const lineEnd = source.text.indexOf('\n', lineStart);
	return {
		file: source.path,
		line: before.split('\n').length,
		column: offset - lineStart + 1,
		lineText: source.text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, ''),
	};
}
