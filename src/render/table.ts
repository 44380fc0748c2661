import { displayWidth, padToWidth } from './display-width.ts';
import { escapeLine } from './escape-control.ts';

export interface Column<T> {
	readonly title: string;
	readonly text: (row: T) => string;
	/** Where there is no room for all columns, those with the highest number go first; without one it always stays. */
	readonly dropOrder?: number;
}

/** A table as docker prints it: columns as wide as their widest cell, no lines. `columns` is the room there is. */
export function formatTable<T>(
	rows: readonly T[],
	all: readonly Column<T>[],
	columns = Number.POSITIVE_INFINITY,
): string {
	const cells = fitting(
		all.map((column) => ({ ...column, lines: [column.title, ...rows.map((row) => escapeLine(column.text(row)))] })),
		columns,
	).map(({ lines }) => alignLines(lines));
	return [undefined, ...rows]
		.map(
			(_, line) =>
				`${cells
					.map((lines) => lines[line])
					.join('')
					.trimEnd()}\n`,
		)
		.join('');
}

/** Lines whose cells end with a tab, in columns as wide as their widest cell. */
export function alignCells(lines: readonly string[]): string {
	const rows = lines.map((line) => line.split('\t').map(escapeLine));
	const count = Math.max(0, ...rows.map((cells) => cells.length));
	const widths = Array.from({ length: count }, (_, index) => cellWidth(rows.map((cells) => cells[index] ?? '')));
	return rows
		.map(
			(cells) =>
				`${cells
					.map((cell, index) => padToWidth(cell, widths[index] ?? 0))
					.join('')
					.trimEnd()}\n`,
		)
		.join('');
}

interface Cells {
	readonly lines: readonly string[];
	readonly dropOrder?: number;
}

function fitting(cells: readonly Cells[], columns: number): readonly Cells[] {
	const width = cells
		.slice(0, -1)
		.reduce((sum, { lines }) => sum + cellWidth(lines), widest(cells.at(-1)?.lines ?? []));
	const droppable = cells.flatMap(({ dropOrder }) => dropOrder ?? []);
	if (width <= columns || droppable.length === 0) return cells;
	const next = Math.max(...droppable);
	return fitting(
		cells.filter(({ dropOrder }) => dropOrder !== next),
		columns,
	);
}

function alignLines(lines: readonly string[]): readonly string[] {
	const width = cellWidth(lines);
	return lines.map((line) => padToWidth(line, width));
}

const cellWidth = (lines: readonly string[]): number => Math.max(narrowest, widest(lines) + gap);

const widest = (lines: readonly string[]): number => Math.max(...lines.map(displayWidth));

const gap = 3;
const narrowest = 10;
