import { modelOf } from '../gpu/inventory.ts';
import { humanDuration } from '../render/human-duration.ts';
import type { Column } from '../render/table.ts';
import type { ListedGpu } from '../use-cases/list-gpus.ts';
import type { RowKind } from './listing-format.ts';

/** Why there is nothing to list, for a person. */
export const nothingToList = {
	none: 'this engine has no GPU that nvidia-smi, CDI or the engine itself tells of',
	unknown: 'this engine knows nvidia’s runtime and does not tell which GPUs there are',
} as const;

const mib = 1024 ** 2;

/** `now` is seconds since the epoch. */
export const gpuRows = (now: number): RowKind<ListedGpu> => ({
	columns: columnsAt(now),
	fields: ({ unit, unit: { id, index, gpu, memory, isSlice }, holders }) => ({
		Index: index,
		ID: id,
		Model: modelOf(unit),
		Vendor: gpu.vendor,
		Slice: isSlice,
		MemoryTotal: memory ?? null,
		MemoryUsed: (isSlice ? undefined : gpu.memoryUsed) ?? null,
		Utilisation: (isSlice ? undefined : gpu.utilisation) ?? null,
		Temperature: gpu.temperature ?? null,
		Holders: holders.map(({ kind, name, project, user, since, memoryUsed }) => ({
			Kind: kind,
			Name: name,
			Project: project ?? null,
			User: user ?? null,
			Since: since === undefined ? null : new Date(since * 1000).toISOString(),
			MemoryUsed: memoryUsed ?? null,
		})),
	}),
	headers: {},
});

const columnsAt = (now: number): readonly Column<ListedGpu>[] => [
	{ title: 'GPU', text: ({ unit }) => unit.index },
	{ title: 'MODEL', text: ({ unit }) => modelOf(unit), dropOrder: 2 },
	{ title: 'ID', text: ({ unit }) => unit.id, dropOrder: 4 },
	{ title: 'MEMORY', text: memoryText, dropOrder: 1 },
	{ title: 'USE', text: ({ unit: { gpu, isSlice } }) => withUnit(isSlice ? undefined : gpu.utilisation, '%') },
	{ title: 'TEMP', text: ({ unit: { gpu } }) => withUnit(gpu.temperature, '°C'), dropOrder: 3 },
	{ title: 'HELD BY', text: ({ holders }) => eachOf(holders.map(({ name }) => name)) || 'free' },
	{ title: 'PROJECT', text: ({ holders }) => eachOf(holders.map(({ project }) => project ?? '')) },
	{ title: 'USER', text: ({ holders }) => eachOf(holders.map(({ user }) => user ?? '')) },
	{
		title: 'SINCE',
		text: ({ holders }) =>
			eachOf(holders.map(({ since }) => (since === undefined ? '' : `${humanDuration(now - since)} ago`))),
	},
];

function memoryText({ unit: { memory, gpu, isSlice } }: ListedGpu): string {
	const total = withUnit(memory === undefined ? undefined : Math.round(memory / mib), 'MiB');
	const { memoryUsed } = gpu;
	return isSlice || memoryUsed === undefined ? total : `${Math.round(memoryUsed / mib)} / ${total}`;
}

const withUnit = (value: number | undefined, unit: string): string => (value === undefined ? '' : `${value} ${unit}`);

const eachOf = (texts: readonly string[]): string => [...new Set(texts.filter((text) => text !== ''))].join(', ');
