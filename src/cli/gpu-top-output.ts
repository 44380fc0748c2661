import { holderName } from '../gpu/describe.ts';
import { memoryText } from '../gpu/memory-text.ts';
import type { Colours } from '../render/colours.ts';
import { cutToWidth } from '../render/display-width.ts';
import { shortDuration } from '../render/human-duration.ts';
import { type Column, denseSpacing, formatTable } from '../render/table.ts';
import type { IdleTimes } from '../use-cases/idle-times.ts';
import type { ListedGpu, ListedHolder } from '../use-cases/list-gpus.ts';
import { agoText, gpuCells, nameCuts } from './gpu-cells.ts';
import { gpuRows } from './gpu-output.ts';
import type { RowKind } from './listing-format.ts';

/** One look. */
export interface GpuPicture {
	readonly gpus: readonly ListedGpu[];
	readonly idle: IdleTimes;
	/** Seconds since the epoch. */
	readonly now: number;
}

/** A GPU with one of those who have it; those who share it stand below each other. */
interface TopRow {
	readonly gpu: ListedGpu;
	readonly holder: ListedHolder | undefined;
	/** What holds for the GPU itself is told once. */
	readonly isFirst: boolean;
	readonly idleSince: number | undefined;
}

export function formatTop(picture: GpuPicture, columns: number | undefined): string {
	return formatTable(rowsOf(picture), columnsAt(picture.now), { columns, spacing: denseSpacing });
}

/** The same fields as `labc gpu`, and for how long a GPU has been idle. */
export const topFields = ({ idle, now }: GpuPicture): Pick<RowKind<ListedGpu>, 'fields'> => ({
	fields: (gpu) => {
		const since = idle.get(gpu.unit.id);
		return { ...gpuRows(now).fields(gpu), IdleSeconds: since === undefined ? null : Math.round(now - since) };
	},
});

interface TopScreen {
	readonly columns: number;
	readonly rows: number;
	readonly colours: Colours;
	/** Why there is no newer picture, and how old this one is. */
	readonly lack?: { readonly why: string; readonly seconds: number } | undefined;
}

/** The whole screen: what it comes to, then a line each, none longer than the screen is wide, no more than it is high. */
export function formatTopScreen(picture: GpuPicture, { columns, rows, colours, lack }: TopScreen): readonly string[] {
	const [titles = '', ...lines] = formatTop(picture, columns).trimEnd().split('\n');
	const room = rows - headLines;
	const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more`];
	const tones = rowsOf(picture).map(({ holder, idleSince }) => {
		if (holder === undefined) return colours.green;
		return idleSince === undefined ? plain : colours.yellow;
	});
	return [
		colours.bold(cutToWidth(summaryOf(picture), columns)),
		lack === undefined ? '' : colours.red(cutToWidth(`seen ${shortDuration(lack.seconds)} ago: ${lack.why}`, columns)),
		colours.dim(cutToWidth(titles, columns)),
		...shown.map((line, index) => (tones[index] ?? plain)(cutToWidth(line, columns))),
	];
}

const headLines = 3;
const plain = (text: string): string => text;

/** `5 GPUs: 3 held, 1 of them idle, 2 free · 14:03:22 UTC · q ends` */
function summaryOf({ gpus, idle, now }: GpuPicture): string {
	const held = gpus.filter(({ holders }) => holders.length > 0).length;
	const idleText = idle.size === 0 ? '' : `, ${idle.size} of them idle`;
	const count = `${gpus.length} ${gpus.length === 1 ? 'GPU' : 'GPUs'}`;
	const time = new Date(now * 1000).toISOString().slice(11, 19);
	return `${count}: ${held} held${idleText}, ${gpus.length - held} free · ${time} UTC · q ends`;
}

const rowsOf = ({ gpus, idle }: GpuPicture): readonly TopRow[] =>
	gpus.flatMap((gpu) => {
		const idleSince = idle.get(gpu.unit.id);
		const holders = gpu.holders.length === 0 ? [undefined] : gpu.holders;
		return holders.map((holder, index) => ({ gpu, holder, isFirst: index === 0, idleSince }));
	});

const columnsAt = (now: number): readonly Column<TopRow>[] => [
	once(gpuCells.index),
	{ ...once(gpuCells.model), dropOrder: 7, isExtra: true },
	{ ...once({ title: 'LOAD', text: bar }), dropOrder: 8, isExtra: true },
	once(gpuCells.use),
	{ ...once(gpuCells.memory), dropOrder: 2 },
	{ ...once(gpuCells.temperature), dropOrder: 5 },
	{
		title: 'HELD BY',
		text: ({ holder }) => (holder === undefined ? 'free' : holderName(holder)),
		cut: nameCuts.holder,
	},
	{
		title: 'ITS MEMORY',
		text: ({ holder }) => (holder?.memoryUsed === undefined ? '' : memoryText(holder.memoryUsed)),
		dropOrder: 9,
		isExtra: true,
	},
	{ title: 'PROJECT', text: ({ holder }) => holder?.project ?? '', cut: nameCuts.project, dropOrder: 3 },
	{ title: 'USER', text: ({ holder }) => holder?.user ?? '', cut: nameCuts.user, dropOrder: 1 },
	{ title: 'SINCE', text: ({ holder }) => agoText(holder?.since, now), dropOrder: 4 },
	{ title: 'IDLE', text: (row) => idleText(row, now) },
];

/** What holds for the GPU itself stands in the first of its lines. */
const once = ({ title, text }: Column<ListedGpu>): Column<TopRow> => ({
	title,
	text: ({ gpu, isFirst }) => (isFirst ? text(gpu) : ''),
});

/** A first look can't know for how long. */
function idleText({ isFirst, idleSince }: TopRow, now: number): string {
	if (!isFirst || idleSince === undefined) return '';
	return now - idleSince < 1 ? 'now' : shortDuration(now - idleSince);
}

const barWidth = 10;

function bar({ unit: { gpu, isSlice } }: ListedGpu): string {
	if (isSlice || gpu.utilisation === undefined) return '';
	const full = Math.round((Math.min(100, gpu.utilisation) / 100) * barWidth);
	return '█'.repeat(full) + '░'.repeat(barWidth - full);
}
