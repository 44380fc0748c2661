import { cutMiddle, displayWidth, padToWidth } from './display-width.ts';
import { escapeLine } from './escape-control.ts';

export interface Column<T> {
	readonly title: string;
	readonly text: (row: T) => string;
	/** Where there is no room for all columns, those with the highest number go first; without one it always stays. */
	readonly dropOrder?: number;
	/**
	 * Cells may be cut in their middle to so many columns before any column goes; `fair` is what they keep while
	 * columns are there that are nice to have.
	 */
	readonly cut?: { readonly fair: number; readonly least: number };
	/** It goes before cells are cut to less than what is fair. */
	readonly isExtra?: boolean;
}

/** Blanks between columns, and how wide each is at least. */
export interface Spacing {
	readonly gap: number;
	readonly narrowest: number;
}

const dockerSpacing: Spacing = { gap: 3, narrowest: 10 };

/** For tables that are full. */
export const denseSpacing: Spacing = { gap: 2, narrowest: 0 };

/** By default there is all the room that is needed, and it is set as docker sets tables. */
interface TableRoom {
	readonly columns?: number | undefined;
	readonly spacing?: Spacing | undefined;
}

/**
 * A table as docker prints it: columns as wide as their widest cell, no lines. `columns` is the room there is: what is
 * longer is cut where its column allows that, then columns are left out.
 */
export function formatTable<T>(
	rows: readonly T[],
	all: readonly Column<T>[],
	{ columns = Number.POSITIVE_INFINITY, spacing = dockerSpacing }: TableRoom = {},
): string {
	const cells = all.map((column) => ({
		...column,
		lines: [column.title, ...rows.map((row) => escapeLine(column.text(row)))],
	}));
	const aligned = narrowed(fitting(cells, { columns, spacing }), { columns, spacing }).map((lines) =>
		alignLines(lines, spacing),
	);
	return [undefined, ...rows]
		.map(
			(_, line) =>
				`${aligned
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
	const widths = Array.from({ length: count }, (_, index) =>
		paddedWidth(widest(rows.map((cells) => cells[index] ?? '')), dockerSpacing),
	);
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

interface Cells extends Pick<Column<unknown>, 'dropOrder' | 'cut' | 'isExtra'> {
	readonly lines: readonly string[];
}

interface Room {
	readonly columns: number;
	readonly spacing: Spacing;
}

/** Those of the columns for which there is room. */
function fitting(cells: readonly Cells[], room: Room): readonly Cells[] {
	const fair = dropped(cells, room, { leastOf: ({ fair: width }) => width, mayGo: ({ isExtra = false }) => isExtra });
	return dropped(fair, room, { leastOf: ({ least }) => least, mayGo: () => true });
}

interface Dropping {
	readonly leastOf: (cut: NonNullable<Cells['cut']>) => number;
	readonly mayGo: (cells: Cells) => boolean;
}

function dropped(cells: readonly Cells[], room: Room, dropping: Dropping): readonly Cells[] {
	const widths = cells.map(({ lines, cut }) =>
		Math.min(widest(lines), cut === undefined ? Number.POSITIVE_INFINITY : dropping.leastOf(cut)),
	);
	const droppable = cells.filter(dropping.mayGo).flatMap(({ dropOrder }) => dropOrder ?? []);
	if (lineWidth(widths, room.spacing) <= room.columns || droppable.length === 0) return cells;
	const next = Math.max(...droppable);
	return dropped(
		cells.filter((one) => one.dropOrder !== next || !dropping.mayGo(one)),
		room,
		dropping,
	);
}

/** To what is fair first, then to the least; the longest cells are cut before others. */
function narrowed(cells: readonly Cells[], { columns, spacing }: Room): readonly (readonly string[])[] {
	const widths = cells.map(({ lines }) => widest(lines));
	for (const level of ['fair', 'least'] as const) {
		const mayLose = (width: number, index: number): boolean =>
			width > (cells[index]?.cut?.[level] ?? Number.POSITIVE_INFINITY);
		while (lineWidth(widths, spacing) > columns && widths.some(mayLose)) {
			const longest = Math.max(...widths.filter(mayLose));
			widths[widths.findIndex((width, index) => width === longest && mayLose(width, index))] = longest - 1;
		}
	}
	return cells.map(({ lines }, index) => lines.map((line) => cutMiddle(line, widths[index] ?? 0)));
}

/** Nothing stands behind the last cell. */
const lineWidth = (widths: readonly number[], spacing: Spacing): number =>
	widths.slice(0, -1).reduce((sum, width) => sum + paddedWidth(width, spacing), widths.at(-1) ?? 0);

function alignLines(lines: readonly string[], spacing: Spacing): readonly string[] {
	const width = paddedWidth(widest(lines), spacing);
	return lines.map((line) => padToWidth(line, width));
}

const paddedWidth = (width: number, { gap, narrowest }: Spacing): number => Math.max(narrowest, width + gap);

const widest = (lines: readonly string[]): number => Math.max(...lines.map(displayWidth));
