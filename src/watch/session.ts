import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Emit } from '../events/event.ts';
import { type ActionQueue, type Actions, actionsOf, newActionQueue } from './actions.ts';
import { type CopySource, decide, decideAtStart, type ServiceWork, targetOf } from './decide.ts';
import { withFileTargets } from './file-targets.ts';
import { followContainers } from './follow-containers.ts';
import type { HostFiles } from './host-files.ts';
import { closedText } from './host-view.ts';
import { lookForTrees } from './look-for-trees.ts';
import { groupRules, isOwn, type RuleGroup } from './rule-groups.ts';
import type { Rule } from './rules.ts';
import { type ServiceSync, syncService } from './service-sync.ts';
import { newSyncedTeller, type Synced } from './synced-teller.ts';
import type { TransferEngine } from './transfer.ts';
import type { TreeNews } from './tree.ts';
import { type TreeWatcher, type WatchLimit, watchTrees } from './tree-watcher.ts';
import { ignoredByAll } from './watched-rules.ts';

export interface SessionRequest {
	readonly projectName: string;
	/** Paths are told relative to it. */
	readonly workingDir: string;
	readonly rules: readonly Rule[];
	/** By service: whether only its running containers see what is at a path. */
	inMemory(service: string): (target: string) => boolean;
	readonly engine: TransferEngine & Pick<Engine, 'containerEvents' | 'listContainers'>;
	readonly files: HostFiles;
	readonly emit: Emit;
	now(): number;
	/** Ends early when watching ends. */
	pause(ms: number): Promise<void>;
	/** Rebuilds, restarts and runs commands; tells its failures itself. */
	perform(service: string, actions: Actions, sync: ServiceSync): Promise<void>;
}

/** Watches the rules of one reading of the project's files. */
export interface Session {
	/** From then on no change is missed; what changes is kept until `start`. */
	readonly ready: Promise<void>;
	/**
	 * Resolves when the containers that run have what `initial_sync` asks for, and what an earlier session of the same
	 * project has copied from these paths of the host.
	 */
	start(carried: readonly string[]): Promise<void>;
	/** Resolves when no copy is under way any more. Gives the paths of the host that were copied, for the session that follows. */
	close(): Promise<readonly string[]>;
}

interface WatchedService {
	readonly sync: ServiceSync;
	readonly actions: ActionQueue;
	readonly tellSynced: (synced: Synced) => Promise<void>;
}

export function openSession(given: SessionRequest): Session {
	const request = { ...given, rules: withFileTargets(given.rules, given.files) };
	const { rules, emit, now } = request;
	const over = new AbortController();
	const services = new Map<string, WatchedService>();
	const files = lookForTrees(request.files, () => watches.map(({ watcher }) => watcher.tree));
	for (const { service } of rules)
		if (!services.has(service)) services.set(service, watchService(service, { ...request, files }));
	const copied = new Set<string>();
	const news = holdBack((each) => passOn(each, { services, request, copied, isOver: over.signal.aborted }));
	const openedAt = now();
	const watches = watchGroups(request, news.take);
	const ready = Promise.all(watches.map(({ watcher }) => watcher.ready));
	const readyMs = ready.then(() => Math.round(now() - openedAt));
	return {
		ready: readyMs.then(() => undefined),
		async start(carried) {
			for (const each of carried) copied.add(each);
			for (const [name, copies] of firstCopies(watches, carried)) {
				for (const { hostPath } of copies.values()) copied.add(hostPath);
				void services.get(name)?.sync.note(copies);
			}
			await follow(services, request, over.signal);
			news.release();
			const folders = watches.reduce((sum, { watcher }) => sum + watcher.tree.folderCount, 0);
			emit({ type: 'watch.ready', services: [...services.keys()], folders, milliseconds: await readyMs });
		},
		async close() {
			over.abort();
			for (const { watcher } of watches) watcher.close();
			await Promise.all([...services.values()].map(({ sync }) => sync.close()));
			return [...copied];
		},
	};
}

/** What changed, for the rules that are followed where it was seen. */
interface GroupNews {
	readonly news: TreeNews;
	readonly rules: readonly Rule[];
}

interface GroupWatch extends RuleGroup {
	readonly watcher: TreeWatcher;
	isOwn(hostPath: string): boolean;
}

function watchGroups(request: SessionRequest, onNews: (news: GroupNews) => void): readonly GroupWatch[] {
	const { files, now, emit } = request;
	const told = new Set<WatchLimit>();
	const onLimit = (limit: WatchLimit): void => {
		if (!told.has(limit)) emit({ type: 'warning', ...limitTexts[limit] });
		told.add(limit);
	};
	const closed = new Set<string>();
	const onClosed = (folder: string): void => {
		const message = closedText(folder);
		if (!closed.has(folder))
			emit({ type: 'warning', message, hint: 'Give yourself the right to read it, or have it ignored.' });
		closed.add(folder);
	};
	const groups = groupRules(request.rules, files);
	return groups.map((group) => ({
		...group,
		isOwn: isOwn(groups, group),
		watcher: watchTrees({
			roots: group.roots,
			ignoresTree: ignoredByAll(group.rules),
			files,
			now,
			onNews: (news) => onNews({ news, rules: group.rules }),
			onLimit,
			onClosed,
			onError: (error) => emit({ type: 'warning', message: `watching went wrong: ${String(error)}` }),
		}),
	}));
}

/** Keeps news until they are released, and passes on at once what comes later. */
function holdBack(pass: (news: GroupNews) => void) {
	let held: GroupNews[] | undefined = [];
	return {
		take(news: GroupNews): void {
			if (held === undefined) pass(news);
			else held.push(news);
		},
		release(): void {
			const waiting = held ?? [];
			held = undefined;
			for (const news of waiting) pass(news);
		},
	};
}

interface Passing {
	readonly services: ReadonlyMap<string, WatchedService>;
	readonly request: SessionRequest;
	readonly copied: Set<string>;
	readonly isOver: boolean;
}

/** What comes when watching is over is only remembered. */
function passOn({ news, rules }: GroupNews, { services, request, copied, isOver }: Passing): void {
	const { changes, suspects } = news;
	const work = decide(changes, rules);
	for (const { copies } of work.values()) for (const { hostPath } of copies.values()) copied.add(hostPath);
	if (isOver) return;
	for (const [name, service] of services) {
		const own = work.get(name);
		if (own !== undefined) void carryOut(service, { work: own, request });
		const targets = placesOf(suspects, name, rules);
		if (targets.length > 0) service.sync.suspect(targets);
	}
}

/** What an earlier session has copied, and what `initial_sync` wants. */
const firstCopies = (
	watches: readonly GroupWatch[],
	carried: readonly string[],
): readonly (readonly [service: string, copies: ReadonlyMap<string, CopySource>])[] =>
	watches.flatMap(({ watcher, rules, isOwn }) => [
		...[
			...decide(
				carried.filter(isOwn).map((each) => ({ path: each, isThere: true })),
				rules,
			),
		].map(([name, { copies }]) => [name, copies] as const),
		...decideAtStart(watcher.tree.paths(), rules),
	]);

/** Where paths of the host are in a service's containers, whether a rule covers them or only what is below them. */
const placesOf = (paths: readonly string[], service: string, rules: readonly Rule[]): readonly string[] =>
	paths.flatMap((each) => rules.flatMap((rule) => (rule.service === service ? (targetOf(rule, each) ?? []) : [])));

function watchService(name: string, request: SessionRequest): WatchedService {
	const { engine, files, emit, pause, now } = request;
	const sync = syncService({
		engine,
		files,
		rules: request.rules.filter(({ service }) => service === name),
		inMemory: request.inMemory(name),
		pause,
		onProblem: (problem) => emit({ type: 'warning', ...problem, failed: { service: name, what: 'synced' } }),
		onRepair: (container, count, since) =>
			emit({
				type: 'watch.done',
				service: name,
				what: 'repaired',
				changed: [],
				container,
				count,
				milliseconds: Math.round(now() - since),
			}),
		now,
	});
	const tellSynced = newSyncedTeller(({ changed, deleted, count, since }) => {
		const milliseconds = Math.round(now() - since);
		const about = { service: name, what: 'synced', changed, deleted: deleted.length, count } as const;
		emit({ type: 'watch.done', ...about, milliseconds });
	});
	return { sync, actions: newActionQueue((actions) => request.perform(name, actions, sync)), tellSynced };
}

interface Task {
	readonly work: ServiceWork;
	readonly request: SessionRequest;
}

/** Copies at once; a rebuild goes on beside it, and what restarts or runs waits for both. */
async function carryOut({ sync, actions, tellSynced }: WatchedService, { work, request }: Task): Promise<void> {
	const since = request.now();
	const nameOf = (each: string): string => path.relative(request.workingDir, each) || '.';
	const causesOf = (rule: Rule): readonly string[] => work.changed.filter((each) => rule.covers(each)).map(nameOf);
	const copying = work.copies.size === 0 ? undefined : sync.note(work.copies);
	const wanted = actionsOf(work.matched, causesOf);
	if (wanted.rebuild.length > 0) void actions.add({ ...wanted, restart: [], execs: new Map() });
	if (copying !== undefined) {
		const count = await copying;
		const { copied, deleted } = copiedOf(work, sync, request);
		// Where all refuse it, or nothing of it can be copied, that was told.
		const isDone = copied.length > 0 && (count > 0 || sync.containers().length === 0);
		if (isDone) await tellSynced({ changed: copied.map(nameOf), deleted: deleted.map(nameOf), count, since });
	}
	if (wanted.restart.length > 0 || wanted.execs.size > 0) await actions.add({ ...wanted, rebuild: [] });
}

/** What no container can have, or delete, was told when it was left out. */
function copiedOf({ copies }: ServiceWork, sync: ServiceSync, { files }: Pick<SessionRequest, 'files'>) {
	const copied: string[] = [];
	const deleted: string[] = [];
	for (const hostPath of new Set(
		[...copies].flatMap(([target, source]) => (sync.leavesOut(target) ? [] : [source.hostPath])),
	)) {
		const look = files.look(hostPath);
		if (look?.kind === 'other' || look?.kind === 'closed' || (look === undefined && !sync.deletes())) continue;
		copied.push(hostPath);
		if (look === undefined) deleted.push(hostPath);
	}
	return { copied, deleted };
}

/** Resolves when all containers that run are known and have been looked at. */
async function follow(
	services: ReadonlyMap<string, WatchedService>,
	{ engine, projectName, pause, emit }: SessionRequest,
	signal: AbortSignal,
): Promise<void> {
	const listed = Promise.withResolvers<void>();
	const every = (act: (sync: ServiceSync) => void): void => {
		for (const { sync } of services.values()) act(sync);
	};
	const request = {
		projectName,
		signal,
		pause,
		onUp: (service: string, container: { readonly id: string; readonly name: string }) =>
			services.get(service)?.sync.up(container),
		onDown: (id: string) => every((sync) => sync.down(id)),
		onGone: (id: string) => every((sync) => sync.gone(id)),
		onLost: (error: unknown) =>
			emit({ type: 'warning', message: `the engine is away, and is waited for${reasonText(error)}` }),
	};
	void followContainers(engine, request, listed.resolve);
	await listed.promise;
	await Promise.all([...services.values()].map(({ sync }) => sync.settled()));
}

/** A broken connection says nothing more. */
function reasonText(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text === 'aborted' ? '' : `: ${text}`;
}

const polling = 'changes are looked for every half second instead, until labc reads the project again';
const limitTexts: Readonly<Record<WatchLimit, { readonly message: string; readonly hint: string }>> = {
	max_user_watches: {
		message: `the system lets nobody watch more folders: ${polling}`,
		hint: 'Run `sudo sysctl fs.inotify.max_user_watches=524288` and save the Compose file, and put the line into /etc/sysctl.d to keep it.',
	},
	max_user_instances: {
		message: `the system lets no more programs watch folders: ${polling}`,
		hint: 'Run `sudo sysctl fs.inotify.max_user_instances=1024` and save the Compose file, and put the line into /etc/sysctl.d to keep it.',
	},
};
