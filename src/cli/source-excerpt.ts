import type { SourceLocation } from '../errors/source-location.ts';
import { displayWidth } from '../render/display-width.ts';
import { escapeControl } from '../render/escape-control.ts';

export interface Excerpt {
	/** The number of the line, as wide as its gutter. */
	readonly gutter: string;
	readonly line: string;
	/** Blanks up to the place. */
	readonly indent: string;
}

/** The source line of a place, made safe, cut around the place where it is longer than `columns`. */
export function excerptOf({ line, column, lineText }: SourceLocation, columns: number): Excerpt {
	const gutter = ` ${line} `;
	const whole = Math.max(20, columns - gutter.length - 2);
	const room = lineText.length <= whole ? whole : whole - 2;
	const start = firstShown(lineText, column - 1, room);
	const shown = printable(lineText.slice(start, start + room));
	const before = printable(lineText.slice(start, column - 1));
	const ellipsis = start > 0 ? '…' : '';
	return {
		gutter,
		line: `${ellipsis}${shown}${start + room < lineText.length ? '…' : ''}`.trimEnd(),
		indent: ' '.repeat(displayWidth(`${ellipsis}${before}`)),
	};
}

/** A third of the room stands before the place, so that what follows it is seen. */
const firstShown = (text: string, offset: number, room: number): number =>
	text.length <= room ? 0 : Math.max(0, Math.min(offset - Math.floor(room / 3), text.length - room));

/** Tabs have no fixed width: each becomes two blanks. */
const printable = (text: string): string => escapeControl(text.replaceAll('\t', '  '));
