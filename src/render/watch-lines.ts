import type { LabcEvent, WatchDone } from '../events/event.ts';
import type { Colours } from './colours.ts';
import { displayWidth } from './display-width.ts';
import { endOfPath } from './end-of-path.ts';
import { escapeLine } from './escape-control.ts';
import type { RenderTarget } from './render-target.ts';
import { wrapText } from './wrap-text.ts';

export type WatchEvent = Extract<LabcEvent, { readonly type: `watch.${string}` }>;

export const isWatchEvent = (event: LabcEvent): event is WatchEvent => event.type.startsWith('watch.');

/**
 * What watching tells, as lines: ` Watch app: src/main.py → synced to 2 containers in 54 ms`. On a terminal they are
 * wrapped between words; what commands write stays as it is.
 */
export function formatWatch(
	event: WatchEvent,
	colours: Colours,
	target: Pick<RenderTarget, 'isTerminal' | 'size'>,
): string {
	const columns = target.isTerminal ? target.size().columns : Number.POSITIVE_INFINITY;
	const shown = (line: string): string => (event.type === 'watch.output' ? line : wrapText(line, columns, 2));
	return linesOf(event, columns)
		.map((line) => `${shown(line).replace(/^ Watch\b/, () => ` ${colours.cyan('Watch')}`)}\n`)
		.join('');
}

function linesOf(event: WatchEvent, columns: number): readonly string[] {
	switch (event.type) {
		case 'watch.ready':
			return [
				` Watch enabled for ${event.services.join(', ')}: ${plural(event.folders, 'folder')} in ${durationText(event.milliseconds)}`,
			];
		case 'watch.started':
			return [pathLine(event, `being ${event.what} …`, columns)];
		case 'watch.done':
			return [pathLine(event, `${doneText(event)} in ${durationText(event.milliseconds)}`, columns)];
		case 'watch.output':
			return event.text
				.trimEnd()
				.split('\n')
				.map((line) => escapeLine(`${event.container} | ${line}`));
		case 'watch.reload':
			return [
				` Watch: ${event.changed} changed → ${event.changes.length === 0 ? 'nothing to do' : 'the new plan:'}`,
				...event.changes.map((change) => `   ${change}`),
			].map(escapeLine);
		default:
			return event satisfies never;
	}
}

interface Cause {
	readonly service: string;
	readonly changed: readonly string[];
	readonly deleted?: number;
}

/** Of a path that would make the line too long, its end is shown: it says most. */
function pathLine({ service, changed, deleted = 0 }: Cause, effect: string, columns: number): string {
	const [first, ...more] = changed;
	const before = ` Watch ${escapeLine(service)}: `;
	if (first === undefined) return `${before}${effect}`;
	const after = `${moreText(more.length, deleted)} → ${effect}`;
	const room = columns - displayWidth(before) - displayWidth(after);
	return `${before}${endOfPath(escapeLine(first), Math.max(room, fewestColumns))}${after}`;
}

/** A path gets as many, also where the line is longer then. */
const fewestColumns = 24;

function moreText(more: number, deleted: number): string {
	const others = more === 0 ? '' : ` and ${more} more`;
	if (deleted === 0) return others;
	return deleted > more ? `${others} deleted` : `${others}, ${deleted} deleted`;
}

const doneTexts: Readonly<Record<WatchDone, (done: WatchDoneEvent) => string>> = {
	synced: ({ count = 0 }) => (count === 0 ? 'kept for its next container' : `synced to ${plural(count, 'container')}`),
	repaired: ({ count = 0, container = '' }) => `${escapeLine(container)} lacked ${plural(count, 'path')} → synced`,
	restarted: () => 'restarted',
	rebuilt: () => 'rebuilt',
	executed: ({ count = 0 }) => `command run in ${plural(count, 'container')}`,
};

type WatchDoneEvent = Extract<WatchEvent, { readonly type: 'watch.done' }>;

const doneText = (event: WatchDoneEvent): string => doneTexts[event.what](event);

const durationText = (milliseconds: number): string =>
	milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How many changed paths a line for programs names. */
const namedPaths = 100;

const changedPaths = (changed: readonly string[]) => ({
	changed: changed.slice(0, namedPaths),
	changes: changed.length,
});

/** The same for programs, one object. */
export function watchToJson(event: WatchEvent): Readonly<Record<string, unknown>> {
	switch (event.type) {
		case 'watch.ready':
			return {
				id: 'Watch',
				status: 'Ready',
				services: event.services,
				folders: event.folders,
				milliseconds: event.milliseconds,
			};
		case 'watch.started':
			return { id: `Watch ${event.service}`, status: `Being ${event.what}`, ...changedPaths(event.changed) };
		case 'watch.done':
			return {
				id: `Watch ${event.service}`,
				status: `${event.what.slice(0, 1).toUpperCase()}${event.what.slice(1)}`,
				...changedPaths(event.changed),
				...(event.deleted && { deleted: event.deleted }),
				...(event.container !== undefined && { container: event.container }),
				...(event.count !== undefined && { count: event.count }),
				milliseconds: event.milliseconds,
			};
		case 'watch.output':
			return { id: `Watch ${event.service}`, status: 'Running', container: event.container, text: event.text };
		case 'watch.reload':
			return { id: 'Watch', status: 'Reloading', changed: [event.changed], changes: event.changes };
		default:
			return event satisfies never;
	}
}

/** What failed ends what was `Being` done; its place and reason are in the message. */
export const failedToJson = (failed: { readonly service: string; readonly what: WatchDone } | undefined) =>
	failed === undefined ? {} : { id: `Watch ${failed.service}`, status: 'Failed', action: failed.what };
