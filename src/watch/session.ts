import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Emit, LabcEvent } from '../events/event.ts';
import { type Actions, newActionQueue } from './actions.ts';
import { type Carriers, carryOut } from './carry-out.ts';
import { type CopySource, decide, decideAtStart, placeOf, targetOf } from './decide.ts';
import { withFileTargets } from './file-targets.ts';
import { type DownContainer, followContainers } from './follow-containers.ts';
import type { HostFiles } from './host-files.ts';
import type { Repaired, RunningContainer } from './job-runner.ts';
import { leadWithFile } from './lead-with-file.ts';
import type { LimitTeller } from './limit-teller.ts';
import { lookForTrees } from './look-for-trees.ts';
import type { Rule } from './rules.ts';
import { type ServiceSync, syncService } from './service-sync.ts';
import { newSyncedTeller } from './synced-teller.ts';
import type { TransferEngine } from './transfer.ts';
import { type GroupNews, type GroupWatch, watchGroups } from './watch-groups.ts';

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
	/** One for all sessions of a watch. */
	readonly limits: LimitTeller;
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

interface WatchedService extends Carriers {
	/** Its containers that don't run, by id. */
	readonly down: Map<string, DownContainer>;
}

export function openSession(given: SessionRequest): Session {
	const request = { ...given, rules: withFileTargets(given.rules, given.files) };
	const { rules, emit, now } = request;
	const over = new AbortController();
	const services = new Map<string, WatchedService>();
	const files = lookForTrees(request.files, () => watches.trees());
	for (const { service } of rules)
		if (!services.has(service)) services.set(service, watchService(service, { ...request, files }));
	const copied = new Set<string>();
	const news = holdBack((each) => passOn(each, { services, request, copied, isOver: over.signal.aborted }));
	const openedAt = now();
	const watches = watchGroups({ ...request, onNews: news.take });
	const ready = Promise.all(watches.first.map(({ watcher }) => watcher.ready));
	const readyMs = ready.then(() => Math.round(now() - openedAt));
	return {
		ready: readyMs.then(() => undefined),
		async start(carried) {
			for (const each of carried) copied.add(each);
			for (const [name, copies] of firstCopies(watches.first, carried)) {
				for (const { hostPath } of copies.values()) copied.add(hostPath);
				void services.get(name)?.sync.note(copies);
			}
			await follow(services, request, over.signal);
			news.release();
			const folders = watches.trees().reduce((sum, { folderCount }) => sum + folderCount, 0);
			emit({ type: 'watch.ready', services: [...services.keys()], folders, milliseconds: await readyMs });
			request.limits.check();
			tellIdle(services, request);
		},
		async close() {
			over.abort();
			watches.close();
			await Promise.all([...services.values()].map(({ sync }) => sync.close()));
			return [...copied];
		},
	};
}

/** Nothing is seen of what is copied before a container runs. */
function tellIdle(
	services: ReadonlyMap<string, WatchedService>,
	{ rules, emit }: Pick<SessionRequest, 'rules' | 'emit'>,
): void {
	for (const [name, { sync, down }] of services) {
		const copies = rules.some((rule) => rule.service === name && placeOf(rule) !== undefined);
		if (!copies || sync.containers().length > 0) continue;
		const paused = [...down.values()].filter(({ isPaused }) => isPaused).map((each) => `\`${each.name}\``);
		const [message, command] =
			paused.length > 0
				? [`${paused.join(', ')} of service \`${name}\` ${paused.length === 1 ? 'is' : 'are'} paused`, 'unpause']
				: [`no container of service \`${name}\` runs`, 'up -d'];
		emit({
			type: 'warning',
			message: `${message}: what changes is brought to it when one does`,
			hint: `Run \`labc compose ${command} ${name}\` in another terminal: this watch goes on with what it starts.`,
		});
	}
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
		if (own !== undefined) void carryOut(own, service, request);
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
	const nameOf = (each: string): string => path.relative(request.workingDir, each) || '.';
	const namesOf = (all: readonly string[]): readonly string[] => leadWithFile(all, files).map(nameOf);
	const tellDone = (
		{ changed, deleted, since }: Repaired,
		more: Pick<Extract<LabcEvent, { type: 'watch.done' }>, 'what' | 'count' | 'container' | 'waiting'>,
	): void => {
		const about = { service: name, changed: namesOf(changed), deleted: deleted.length, ...more };
		emit({ type: 'watch.done', ...about, milliseconds: Math.round(now() - since) });
	};
	const down = new Map<string, DownContainer>();
	const sync = syncService({
		engine,
		files,
		rules: request.rules.filter(({ service }) => service === name),
		inMemory: request.inMemory(name),
		pause,
		onProblem: ({ isHarmless, ...problem }) =>
			emit({ type: 'warning', ...problem, ...(!isHarmless && { failed: { service: name, what: 'synced' } }) }),
		onRepair: (container, repaired) => tellDone(repaired, { what: 'repaired', container, count: 1 }),
		now,
	});
	const tellSynced = newSyncedTeller(({ count, ...synced }) => {
		const containers = [...down.values()];
		const arePaused = containers.every(({ isPaused }) => isPaused);
		const waits = count === 0 && containers.length > 0;
		const waiting = { containers: containers.map((each) => each.name), arePaused };
		tellDone(synced, { what: 'synced', count, ...(waits && { waiting }) });
	});
	const perform = (actions: Actions): Promise<void> => request.perform(name, namedActions(actions, namesOf), sync);
	return { sync, down, actions: newActionQueue(perform), tellSynced };
}

const namedActions = (
	{ rebuild, restart, execs }: Actions,
	namesOf: (all: readonly string[]) => readonly string[],
): Actions => ({
	rebuild: namesOf(rebuild),
	restart: namesOf(restart),
	execs: new Map([...execs].map(([rule, causes]) => [rule, namesOf(causes)])),
});

/** Resolves when all containers that run are known and have been looked at. */
async function follow(
	services: ReadonlyMap<string, WatchedService>,
	{ engine, projectName, pause, emit }: SessionRequest,
	signal: AbortSignal,
): Promise<void> {
	const listed = Promise.withResolvers<void>();
	const request = {
		projectName,
		signal,
		pause,
		onUp(service: string, container: RunningContainer): void {
			services.get(service)?.down.delete(container.id);
			services.get(service)?.sync.up(container);
		},
		onDown(service: string, container: DownContainer): void {
			services.get(service)?.down.set(container.id, container);
			services.get(service)?.sync.down(container.id);
		},
		onGone(id: string): void {
			for (const { down, sync } of services.values()) {
				down.delete(id);
				sync.gone(id);
			}
		},
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
