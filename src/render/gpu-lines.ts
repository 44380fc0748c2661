import type { LabcEvent } from '../events/event.ts';
import { escapeLine } from './escape-control.ts';

export type GpuEvent = Extract<LabcEvent, { readonly type: `gpu.${string}` }>;
type GpuWaitingEvent = Extract<LabcEvent, { readonly type: 'gpu.waiting' }>;

export const isGpuEvent = (event: LabcEvent): event is GpuEvent => event.type.startsWith('gpu.');

/** What the place in the queue is called wherever it is shown. */
export const queueTitle = 'GPU queue';
export const endWords = { 'gpu.turn': 'Served', 'gpu.left': 'Left' } as const;

/** ` GPU queue  Waiting as number 2 of 4, ticket 7`, and below it who comes before and who has the GPUs. */
export function formatGpu(event: GpuEvent): string {
	if (event.type !== 'gpu.waiting') return ` ${queueTitle}  ${endWords[event.type]}\n`;
	const lines = [` ${queueTitle}  Waiting ${placeText(event)}`, ...obstacleLines(event).map((line) => `   ${line}`)];
	return lines.map((line) => `${escapeLine(line)}\n`).join('');
}

/** `as number 2 of 4, ticket 7` */
export const placeText = ({ place, length, ticket }: GpuWaitingEvent): string =>
	`as number ${place} of ${length}, ticket ${ticket}`;

/** A crowd before one, or a box of many GPUs, would push all else off the screen. */
const shownOfEach = 4;

export const obstacleLines = ({ behind, held }: GpuWaitingEvent): readonly string[] => [
	...shortened(behind.map((who) => `behind ${who}`)),
	...shortened(held),
];

const shortened = (lines: readonly string[]): readonly string[] =>
	lines.length <= shownOfEach + 1 ? lines : [...lines.slice(0, shownOfEach), `and ${lines.length - shownOfEach} more`];

/** The same for programs, one object. */
export function gpuToJson(event: GpuEvent): Readonly<Record<string, unknown>> {
	if (event.type !== 'gpu.waiting') return { id: queueTitle, status: endWords[event.type] };
	const { ticket, place, length, behind, held } = event;
	return { id: queueTitle, status: 'Waiting', ticket, place, length, behind, held };
}
