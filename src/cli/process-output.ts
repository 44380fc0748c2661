import { type Column, formatTable } from '../render/table.ts';
import type { ListedProcesses } from '../use-cases/list-processes.ts';

interface Row {
	readonly service: string;
	readonly number: number | undefined;
	readonly cells: ReadonlyMap<string, string>;
}

/** Containers say different things of their processes where their engines do; all titles get a column. */
export function formatProcessTable(tables: readonly ListedProcesses[], room?: number): string {
	if (tables.length === 0) return '';
	const titles = [...new Set(tables.flatMap((table) => table.titles))];
	return formatTable(tables.flatMap(rowsOf), [...fixed, ...titles.map(columnOf)], { columns: room });
}

const rowsOf = ({ service, number, titles, processes }: ListedProcesses): readonly Row[] =>
	processes.map((cells) => ({
		service,
		number,
		cells: new Map(titles.map((title, index) => [title, cells[index] ?? ''])),
	}));

const fixed: readonly Column<Row>[] = [
	{ title: 'SERVICE', text: ({ service }) => service },
	{ title: '#', text: ({ number }) => String(number ?? '') },
];

/** Where there is little room these go, the first last. */
const dropped = ['TIME', 'PPID', 'STIME', 'TTY', 'C'];

function columnOf(title: string): Column<Row> {
	const rank = dropped.indexOf(title);
	const text = ({ cells }: Row): string => cells.get(title) ?? '-';
	return rank === -1 ? { title, text } : { title, text, dropOrder: rank + 1 };
}
