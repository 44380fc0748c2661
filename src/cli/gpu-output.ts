import { holderName } from '../gpu/describe.ts';
import { modelOf } from '../gpu/inventory.ts';
import { type Column, denseSpacing } from '../render/table.ts';
import type { ListedGpu } from '../use-cases/list-gpus.ts';
import { agoText, gpuCells, nameCuts } from './gpu-cells.ts';
import type { RowKind } from './listing-format.ts';

/** Why there is nothing to list, for a person. */
export const nothingToList = {
	none: 'this engine has no GPU that nvidia-smi, CDI or the engine itself tells of',
	unknown: 'this engine knows nvidia’s runtime and does not tell which GPUs there are',
} as const;

/** `now` is seconds since the epoch. */
export const gpuRows = (now: number): RowKind<ListedGpu> => ({
	columns: columnsAt(now),
	spacing: denseSpacing,
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
		Holders: holders.map(({ kind, name, state, project, user, since, memoryUsed }) => ({
			Kind: kind,
			Name: name,
			State: kind === 'reserved' ? 'starting' : (state ?? null),
			Project: project ?? null,
			User: user ?? null,
			Since: since === undefined ? null : new Date(since * 1000).toISOString(),
			MemoryUsed: memoryUsed ?? null,
		})),
	}),
	headers: {},
});

const columnsAt = (now: number): readonly Column<ListedGpu>[] => [
	gpuCells.index,
	{ ...gpuCells.model, dropOrder: 7, isExtra: true },
	{ title: 'ID', text: ({ unit }) => unit.id, dropOrder: 8, isExtra: true },
	{ ...gpuCells.memory, dropOrder: 3 },
	{ ...gpuCells.use, dropOrder: 4 },
	{ ...gpuCells.temperature, dropOrder: 6 },
	{ title: 'HELD BY', text: ({ holders }) => eachOf(holders.map(holderName)) || 'free', cut: nameCuts.holder },
	{
		title: 'PROJECT',
		text: ({ holders }) => eachOf(holders.map(({ project }) => project ?? '')),
		cut: nameCuts.project,
		dropOrder: 2,
	},
	{
		title: 'USER',
		text: ({ holders }) => eachOf(holders.map(({ user }) => user ?? '')),
		cut: nameCuts.user,
		dropOrder: 1,
	},
	{ title: 'SINCE', text: ({ holders }) => eachOf(holders.map(({ since }) => agoText(since, now))), dropOrder: 5 },
];

const eachOf = (texts: readonly string[]): string => [...new Set(texts.filter((text) => text !== ''))].join(', ');
