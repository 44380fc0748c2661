import { type GpuUnit, modelOf } from '../gpu/inventory.ts';
import { memoryOfText, memoryText } from '../gpu/memory-text.ts';
import { shortDuration } from '../render/human-duration.ts';
import type { Column } from '../render/table.ts';

interface Shown {
	readonly unit: GpuUnit;
}

/** What is told of a GPU itself, in the same words wherever GPUs are listed. */
export const gpuCells = {
	index: { title: 'GPU', text: ({ unit }) => unit.index },
	model: { title: 'MODEL', text: ({ unit }) => modelOf(unit) },
	memory: { title: 'MEMORY', text: memoryCell },
	use: { title: 'USE', text: ({ unit: { gpu, isSlice } }) => withUnit(isSlice ? undefined : gpu.utilisation, '%') },
	temperature: { title: 'TEMP', text: ({ unit: { gpu } }) => withUnit(gpu.temperature, '°C') },
} satisfies Readonly<Record<string, Column<Shown>>>;

/** How narrow the columns get in which people's names stand. */
export const nameCuts = {
	holder: { fair: 24, least: 14 },
	project: { fair: 14, least: 8 },
	user: { fair: 10, least: 6 },
} as const;

function memoryCell({ unit: { memory, gpu, isSlice } }: Shown): string {
	if (memory === undefined) return '';
	return isSlice || gpu.memoryUsed === undefined ? memoryText(memory) : memoryOfText(gpu.memoryUsed, memory);
}

const withUnit = (value: number | undefined, unit: string): string => (value === undefined ? '' : `${value} ${unit}`);

/** `3h ago`; both in seconds since the epoch. */
export const agoText = (since: number | undefined, now: number): string =>
	since === undefined ? '' : `${shortDuration(now - since)} ago`;
