import type { LabcEvent, Waiting, WatchDone } from '../events/event.ts';
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
			return [pathLine(event, doneLine(event), columns)];
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
		case 'watch.unlimited':
			return [' Watch: the system lets labc watch all folders again: changes are no longer looked for'];
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
	synced: ({ count = 0, waiting }) =>
		count === 0 ? `kept until ${waitedFor(waiting)}` : `synced to ${plural(count, 'container')}`,
	repaired: ({ container = '' }) => `synced to ${escapeLine(container)}, which differed,`,
	restarted: () => 'restarted',
	rebuilt: () => 'rebuilt',
	executed: ({ count = 0 }) => `command run in ${plural(count, 'container')}`,
};

function waitedFor(waiting: Waiting | undefined): string {
	if (waiting === undefined) return 'a container runs';
	const [first = '', ...more] = waiting.containers;
	const [verb, verbs] = waiting.arePaused ? ['is unpaused', 'are unpaused'] : ['runs again', 'run again'];
	return more.length === 0 ? `${escapeLine(first)} ${verb}` : `its ${more.length + 1} containers ${verbs}`;
}

type WatchDoneEvent = Extract<WatchEvent, { readonly type: 'watch.done' }>;

/** What is only kept took no time. */
const doneLine = (event: WatchDoneEvent): string =>
	`${doneTexts[event.what](event)}${event.count === 0 ? '' : ` in ${durationText(event.milliseconds)}`}`;

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
			return { ...aboutService(event, `Being ${event.what}`), ...changedPaths(event.changed) };
		case 'watch.done':
			return {
				...aboutService(event, `${event.what.slice(0, 1).toUpperCase()}${event.what.slice(1)}`),
				...changedPaths(event.changed),
				...(event.deleted && { deleted: event.deleted }),
				...(event.container !== undefined && { container: event.container }),
				...(event.count !== undefined && { count: event.count }),
				milliseconds: event.milliseconds,
			};
		case 'watch.output':
			return { ...aboutService(event, 'Running'), container: event.container, text: event.text };
		case 'watch.reload':
			return { id: 'Watch', status: 'Reloading', ...changedPaths([event.changed]), plan: event.changes };
		case 'watch.unlimited':
			return { id: 'Watch', status: 'Unlimited' };
		default:
			return event satisfies never;
	}
}

const aboutService = ({ service }: { readonly service: string }, status: string) => ({
	id: `Watch ${service}`,
	status,
	service,
});

/** What failed ends what was `Being` done. */
export function failureToJson({ message, hint, failed }: WarningEvent): Readonly<Record<string, string | undefined>> {
	if (failed === undefined) return {};
	const hints = [failed.hint, hint].filter((each) => each !== undefined);
	return {
		...aboutService(failed, 'Failed'),
		action: actionNames[failed.what],
		error: failed.error ?? message,
		place: failed.place,
		hint: hints.length === 0 ? undefined : hints.join(' '),
	};
}

type WarningEvent = Pick<Extract<LabcEvent, { readonly type: 'warning' }>, 'message' | 'hint' | 'failed'>;

const actionNames: Readonly<Record<WatchDone, string>> = {
	synced: 'sync',
	repaired: 'repair',
	restarted: 'restart',
	rebuilt: 'rebuild',
	executed: 'exec',
};
