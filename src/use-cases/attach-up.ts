import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Plan } from '../plan/plan.ts';
import type { LogSink, LogStyle } from '../render/log-printer.ts';
import { attachedNames } from './attached-names.ts';
import { bringUp } from './bring-up.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { type ExitRules, judgeExits } from './exit-verdict.ts';
import { followLogs } from './follow-logs.ts';
import type { FollowLogsRequest } from './follow-logs-request.ts';
import { holdSink } from './held-sink.ts';
import { type HookLines, hookLines } from './hook-lines.ts';
import type { RunTools } from './run-tools.ts';
import { stopServices } from './stop-services.ts';

export interface AttachOptions extends ExitRules {
	/** Services whose containers are followed; none: all. */
	readonly services: readonly string[];
	/** Those of them whose containers' end is the end; none: all. */
	readonly awaited: ReadonlySet<string>;
	/** Those of them whose output is not shown. */
	readonly hidden: ReadonlySet<string>;
	readonly style: LogStyle;
	readonly timestamps: boolean;
	readonly sink: LogSink;
	/** A hint's commands as they must be given to speak to the same project. */
	addressed(hint: string): string;
	/** Aborts when the reader of the output has gone: the containers then run on by themselves. */
	readonly outClosed: AbortSignal;
	/** Ends progress output, so that log lines follow it cleanly. */
	flushProgress(): Promise<void>;
	/** Goes on beside the output once all is up, until the signal of its tools aborts. */
	readonly beside?: (tools: RunTools, session: AttachedSession) => Promise<void>;
}

/** What goes on beside the output may do to it. */
export interface AttachedSession {
	/** Ends it, and leaves the containers running. */
	leave(): void;
	/** Containers that end are no end while the promise is pending. */
	stayUntil(promise: Promise<unknown>): void;
}

const isShown =
	({ services, hidden }: AttachOptions) =>
	(service: string): boolean =>
		(services.length === 0 || services.includes(service)) && !hidden.has(service);

/** How an attached `up` came to its end. */
type Ending = 'all containers ended' | 'interrupted' | 'a container ended' | 'output closed' | 'left';

/**
 * Brings the project up, shows what its containers write, and stops them when the user is done. Gives the exit
 * status: 130 after Ctrl-C, the container's own where one was asked for, else 0. A reader that goes away is no failure;
 * it lets the containers run, as a user does who leaves.
 */
export async function bringUpAttached(
	project: Project,
	given: RunTools,
	options: BringUpOptions & { readonly attach: AttachOptions },
): Promise<number> {
	const { attach } = options;
	const hooks = hookLines(project, isShown(attach));
	const tools = { ...given, emit: hooks.pass(given.emit) };
	const session = await bringUpListening(project, tools, { ...options, hooks });
	try {
		await attach.flushProgress();
		if (attach.style.terminal) await session.show();
		session.settle();
		const ending = await endingBeside(session, tools, attach);
		if (ending === 'all containers ended') return session.exitStatus();
		if (ending === 'output closed') return 0;
		await attach.sink.err(attach.addressed(endingWords[ending]));
		if (ending === 'left') return 0;
		if (attach.style.terminal) session.hide();
		await stopServices(project, tools, options);
		await attach.flushProgress();
		await session.close(lastLinesMs);
		return ending === 'interrupted' ? 130 : session.exitStatus();
	} finally {
		await session.close();
	}
}

/** What goes on beside ends with the session; where it fails, that is the end. */
async function endingBeside(session: Session, tools: RunTools, { beside }: AttachOptions): Promise<Ending> {
	if (beside === undefined) return session.ending();
	const over = new AbortController();
	const work = beside({ ...tools, signal: AbortSignal.any([tools.signal, over.signal]) }, session);
	const failure = work.then(() => session.ending());
	try {
		return await Promise.race([session.ending(), failure]);
	} finally {
		over.abort();
		await work.catch(() => undefined);
	}
}

const endingWords: Readonly<Record<Exclude<Ending, 'all containers ended' | 'output closed'>, string>> = {
	interrupted: 'Gracefully Stopping... press Ctrl+C again to force\n',
	'a container ended': 'Aborting on container exit...\n',
	left: 'Left running: `labc compose logs -f` shows the output again\n',
};

/**
 * Brings the project up under its lock, listening from the moment the plan stands. From then on an interruption is no
 * failure: what has been started is stopped by the caller.
 */
async function bringUpListening(
	project: Project,
	tools: RunTools,
	{ attach, hooks, ...options }: BringUpOptions & { readonly attach: AttachOptions; readonly hooks: HookLines },
): Promise<Session> {
	const opened = new Set<Session>();
	try {
		await bringUp(project, tools, {
			...options,
			async onPrepared({ state, plan }) {
				const names = attachedNames(state.containers, plan.steps, isShown(attach));
				const session = openSession(project, tools, { attach, names, replaced: replacedBy(plan), hooks });
				opened.add(session);
				await session.ready;
				if (!attach.style.terminal) await session.show();
			},
		});
	} catch (error) {
		const isInterrupted = tools.signal.aborted && error instanceof LabcError && error.code === 'INTERRUPTED';
		if (opened.size > 0 && isInterrupted) return onlyOne(opened);
		for (const session of opened) await session.close();
		throw error;
	}
	return onlyOne(opened);
}

function onlyOne<T>(values: Iterable<T>): T {
	const [value] = values;
	if (value === undefined) throw new Error('an `up` is prepared once');
	return value;
}

interface Session extends AttachedSession {
	/** Resolves when no line of a container that starts from now on gets lost. */
	readonly ready: Promise<void>;
	/** Lets the lines out, those held back so far first. On a terminal progress is drawn in place until then. */
	show(): Promise<void>;
	/** Holds lines back again. */
	hide(): void;
	/** Everything is up: from now on the end of a container may be the end. */
	settle(): void;
	ending(): Promise<Ending>;
	/** Of the service that was asked for, else of the container that ended all of them. */
	exitStatus(): number;
	/** Shows what is still being written for as long as that, and ends. */
	close(graceMs?: number): Promise<void>;
}

/** Time that the last lines of stopped containers get to arrive. */
const lastLinesMs = 2000;

interface Shown {
	readonly attach: AttachOptions;
	readonly names: readonly string[];
	readonly replaced: ReadonlySet<string>;
	readonly hooks: HookLines;
}

const replacedBy = ({ steps }: Plan): ReadonlySet<string> =>
	new Set(steps.flatMap(({ operation }) => (operation.type === 'container.create' ? (operation.replaces ?? []) : [])));

function openSession(project: Project, tools: RunTools, { attach, names, replaced, hooks }: Shown): Session {
	const over = new AbortController();
	const ready = Promise.withResolvers<void>();
	const broughtUp = Promise.withResolvers<void>();
	const ended = Promise.withResolvers<Ending>();
	const verdict = judgeExits(project, attach, () => ended.resolve('a container ended'));
	const sink = holdSink(attach.sink);
	let presence: Parameters<NonNullable<FollowLogsRequest['onPresence']>>[0] | undefined;
	const following = followLogs(tools.engine, {
		selection: { projectName: project.name, services: attach.services },
		range: { timestamps: attach.timestamps },
		style: attach.style,
		sink,
		signal: over.signal,
		history: 'none',
		hidden: attach.hidden,
		awaited: attach.awaited,
		expectedNames: names,
		replaced,
		until: broughtUp.promise,
		onReady: ready.resolve,
		onPrinter: hooks.usePrinter,
		onPresence(given) {
			presence = given;
		},
		onExit: verdict.take,
	});
	following.then(() => ended.resolve('all containers ended'), ended.reject);
	following.catch(ready.reject);
	const listening = [
		onAbort(tools.signal, () => ended.resolve('interrupted')),
		onAbort(attach.outClosed, () => ended.resolve('output closed')),
	];
	return {
		ready: ready.promise,
		async show() {
			if (names.length > 0) await attach.sink.out(`Attaching to ${names.join(', ')}\n`);
			sink.open();
		},
		hide: sink.hold,
		settle() {
			verdict.settle();
			broughtUp.resolve();
		},
		leave: () => ended.resolve('left'),
		stayUntil: (promise) => presence?.stayUntil(promise),
		ending: () => ended.promise,
		exitStatus: verdict.status,
		async close(graceMs = 0) {
			for (const stopListening of listening) stopListening();
			sink.open();
			broughtUp.resolve();
			const timer = setTimeout(() => over.abort(), graceMs);
			await following.catch(() => undefined);
			clearTimeout(timer);
		},
	};
}

/** Calls back once, at once where it has happened already. Gives what ends the listening. */
function onAbort(signal: AbortSignal, listener: () => void): () => void {
	signal.addEventListener('abort', listener, { once: true });
	if (signal.aborted) listener();
	return () => signal.removeEventListener('abort', listener);
}
