import type { ContainerDetails } from '../engine/container-api.ts';
import type { ContainerEvent } from '../engine/system-api.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { LogPrinter } from '../render/log-printer.ts';
import { isReplaced } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { ContainerExit, FollowEngine, FollowLogsRequest } from './follow-logs-request.ts';
import { logSource } from './log-containers.ts';
import { createPresence, type Presence } from './log-presence.ts';
import { type LogRange, logOptions, pumpLogs } from './print-logs.ts';

/** Takes what happens to containers, in the order it happens. */
export interface LogFollower {
	begin(containers: readonly ObservedContainer[]): Promise<void>;
	created(container: ObservedContainer): void;
	started(container: ObservedContainer): void;
	/** Takes what a look finds running, less what is told to have ended while the look went on. */
	catchUp(look: () => Promise<readonly ObservedContainer[]>): Promise<void>;
	died(container: ObservedContainer, event: ContainerEvent): void;
	removed(container: ObservedContainer): void;
	/** Resolves when no container is left that runs or will. Rejects where following one fails. */
	idle(): Promise<void>;
	/** Resolves when everything taken so far is printed. */
	settled(): Promise<void>;
}

export interface FollowParts {
	readonly engine: FollowEngine;
	readonly printer: LogPrinter;
	readonly request: FollowLogsRequest;
	readonly signal: AbortSignal;
}

/** One container's runs, printed one after the other. */
interface Track {
	isRunning: boolean;
	/** How many of its runs are over. */
	ends: number;
	/** From where on the next run's lines are; undefined: from the beginning. */
	since: string | undefined;
	last: Promise<void>;
}

export function followContainers(parts: FollowParts): LogFollower {
	const tracks = new Map<string, Track>();
	const presence = createPresence(parts.request);
	parts.request.onPresence?.(presence);
	const trackOf = (id: string): Track => trackIn(tracks, id);
	const enqueue = (track: Track, work: () => Promise<void>): Promise<void> => {
		track.last = track.last.then(work).catch((error) => {
			if (!isGone(error) && !parts.signal.aborted) presence.fail(error);
		});
		return track.last;
	};
	/** Shown, but no reason to go on. */
	const besides = new Set<string>();
	const enter = (container: ObservedContainer): void =>
		comeIn(container, { request: parts.request, presence, besides });
	const run = (container: ObservedContainer, range: LogRange): Promise<void> => {
		enter(container);
		const track = trackOf(container.id);
		track.isRunning = true;
		return enqueue(track, () => printRun(container, range, parts));
	};
	const start = (container: ObservedContainer): void => {
		const track = trackOf(container.id);
		if (!track.isRunning) void run(container, { since: track.since });
	};
	return {
		async begin(containers) {
			const range = firstRange(parts.request);
			for (const container of containers) {
				if (isUp(container)) void run(container, range);
				else if (range.tail !== 0) void enqueue(trackOf(container.id), () => printRun(container, range, parts));
			}
			await Promise.all(
				containers.filter(isOver).map(async ({ id }) => {
					trackOf(id).since = unixTime((await inspectIfThere(id, parts.engine))?.state.finishedAt);
				}),
			);
			presence.settle();
		},
		created: enter,
		started: start,
		async catchUp(look) {
			for (const container of await stillRunning(look, tracks)) start(container);
		},
		died(container, { exitCode = 0, time }) {
			const track = trackOf(container.id);
			track.isRunning = false;
			track.ends += 1;
			track.since = time;
			void enqueue(track, async () => {
				const exit = await exitOf(container, exitCode, parts);
				if (!parts.request.replaced?.has(container.id) && !isReplaced(container.id, exit.fullName)) {
					await parts.printer.notice(exitNotice(exit));
					parts.request.onExit?.(exit);
				}
				if (!exit.restarting && !track.isRunning) presence.leave(container.id);
			});
		},
		removed(container) {
			void enqueue(trackOf(container.id), async () => presence.leave(container.id));
		},
		idle: () => presence.empty(),
		settled: () => (parts.signal.aborted ? Promise.resolve() : allPrinted(tracks, besides)),
	};
}

interface Arrival {
	readonly request: FollowLogsRequest;
	readonly presence: Presence;
	readonly besides: Set<string>;
}

function comeIn({ id, service }: ObservedContainer, { request, presence, besides }: Arrival): void {
	if (isAwaited(service, request)) presence.enter(id);
	else besides.add(id);
}

/** All that those have to say whose end is waited for; the others go on. */
async function allPrinted(tracks: ReadonlyMap<string, Track>, besides: ReadonlySet<string>): Promise<void> {
	await Promise.all([...tracks].map(([id, { last }]) => (besides.has(id) ? undefined : last)));
}

function trackIn(tracks: Map<string, Track>, id: string): Track {
	const track = tracks.get(id) ?? { isRunning: false, ends: 0, since: undefined, last: Promise.resolve() };
	tracks.set(id, track);
	return track;
}

/** An answer of the engine may be older than the end that it told of meanwhile. */
async function stillRunning(
	look: () => Promise<readonly ObservedContainer[]>,
	tracks: ReadonlyMap<string, Track>,
): Promise<readonly ObservedContainer[]> {
	const endsOf = (id: string): number => tracks.get(id)?.ends ?? 0;
	const before = new Map([...tracks].map(([id, { ends }]) => [id, ends]));
	const found = await look();
	return found.filter(({ id, state }) => state === 'running' && endsOf(id) === (before.get(id) ?? 0));
}

/** No lines at all where only new ones are wanted. */
const firstRange = ({ history, range }: FollowLogsRequest): LogRange =>
	history === 'all' ? range : { ...range, tail: 0 };

const isUp = ({ state }: ObservedContainer): boolean =>
	state === 'running' || state === 'paused' || state === 'restarting';

const isAwaited = (service: string, { awaited }: FollowLogsRequest): boolean =>
	awaited === undefined || awaited.size === 0 || awaited.has(service);

const isOver = ({ state }: ObservedContainer): boolean => state === 'exited' || state === 'dead';

async function printRun(container: ObservedContainer, range: LogRange, parts: FollowParts): Promise<void> {
	const { engine, printer, request, signal } = parts;
	if (request.hidden?.has(container.service)) return;
	const { name, tty } = await engine.inspectContainer(container.id);
	const source = logSource({ ...container, name });
	printer.expect(source.name);
	const { timestamps, until } = request.range;
	const options = { ...logOptions({ timestamps, until, ...range }), follow: true, tty };
	await pumpLogs(await engine.containerLogs(container.id, options, signal), printer.open(source), printer);
}

/** An engine's RFC 3339 time, always in UTC, as Unix seconds with nine decimals; undefined stays undefined. */
function unixTime(time: string | undefined): string | undefined {
	const [, whole, fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(time ?? '') ?? [];
	return whole === undefined ? undefined : `${Date.parse(`${whole}Z`) / 1000}.${fraction.padEnd(9, '0')}`;
}

async function exitOf(
	container: ObservedContainer,
	exitCode: number,
	{ engine }: FollowParts,
): Promise<ContainerExit & { readonly fullName: string }> {
	const details = await inspectIfThere(container.id, engine);
	const status = details?.state.status;
	const fullName = details?.name ?? container.name;
	return {
		...logSource({ ...container, name: fullName }),
		fullName,
		containerId: container.id,
		exitCode,
		restarting: status === 'restarting' || status === 'running',
	};
}

async function inspectIfThere(id: string, engine: FollowEngine): Promise<ContainerDetails | undefined> {
	try {
		return await engine.inspectContainer(id);
	} catch (error) {
		if (isGone(error)) return undefined;
		throw error;
	}
}

const exitNotice = ({ name, exitCode, restarting }: ContainerExit): string =>
	`${name} exited with code ${exitCode}${restarting ? ' (restarting)' : ''}`;

const isGone = (error: unknown): boolean => error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND';
