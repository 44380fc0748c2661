import type { LabcEvent, WatchDone } from '../events/event.ts';
import type { Colours } from './colours.ts';
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
	return linesOf(event)
		.map((line) => `${shown(escapeLine(line)).replace(/^ Watch\b/, () => ` ${colours.cyan('Watch')}`)}\n`)
		.join('');
}

function linesOf(event: WatchEvent): readonly string[] {
	switch (event.type) {
		case 'watch.ready':
			return [
				` Watch enabled for ${event.services.join(', ')}: ${plural(event.folders, 'folder')} in ${durationText(event.milliseconds)}`,
			];
		case 'watch.started':
			return [` Watch ${event.service}: ${reasonOf(event.changed)}being ${event.what} …`];
		case 'watch.done':
			return [
				` Watch ${event.service}: ${reasonOf(event.changed)}${doneText(event)} in ${durationText(event.milliseconds)}`,
			];
		case 'watch.output':
			return event.text
				.trimEnd()
				.split('\n')
				.map((line) => `${event.service} | ${line}`);
		case 'watch.reload':
			return [
				` Watch: ${event.changed} changed → ${event.changes.length === 0 ? 'nothing to do' : 'the new plan:'}`,
				...event.changes.map((change) => `   ${change}`),
			];
		default:
			return event satisfies never;
	}
}

const reasonOf = (changed: readonly string[]): string => {
	const [first, ...more] = changed;
	if (first === undefined) return '';
	return `${first}${more.length === 0 ? '' : ` and ${more.length} more`} → `;
};

const doneTexts: Readonly<Record<WatchDone, (count: number) => string>> = {
	synced: (count) => (count === 0 ? 'kept for its next container' : `synced to ${plural(count, 'container')}`),
	repaired: (count) => `${plural(count, 'path')} brought to a container that started`,
	restarted: () => 'restarted',
	rebuilt: () => 'rebuilt',
	executed: (count) => `command run in ${plural(count, 'container')}`,
};

const doneText = ({ what, count }: Extract<WatchEvent, { readonly type: 'watch.done' }>): string =>
	doneTexts[what](count);

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
				count: event.count,
				milliseconds: event.milliseconds,
			};
		case 'watch.output':
			return { id: `Watch ${event.service}`, status: 'Running', text: event.text };
		case 'watch.reload':
			return { id: 'Watch', status: 'Reloading', changed: [event.changed], changes: event.changes };
		default:
			return event satisfies never;
	}
}
