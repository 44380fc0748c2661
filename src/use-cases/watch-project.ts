import { watchLock } from '../lock/lock-volume.ts';
import type { Project } from '../model/project.ts';
import { selectServices } from '../plan/select-services.ts';
import type { HostFiles } from '../watch/host-files.ts';
import { newLimitTeller } from '../watch/limit-teller.ts';
import { memoryMounts } from '../watch/memory-mounts.ts';
import type { Rule } from '../watch/rules.ts';
import { openSession, type Session } from '../watch/session.ts';
import { type RuleReading, watchedRules } from '../watch/watched-rules.ts';
import { bringUp } from './bring-up.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { type FileMarks, type FollowedFiles, followFiles, type ProjectFiles } from './follow-project-files.ts';
import { notedReads } from './noted-reads.ts';
import { reloadProject } from './reload-project.ts';
import type { RunTools } from './run-tools.ts';
import { type WatchActionOptions, watchActions } from './watch-actions.ts';
import { newTurns, onlyWatchLines, pauseUntil, withOneLock } from './watch-tools.ts';

export interface WatchOptions extends WatchActionOptions, RuleReading {
	readonly services: readonly string[];
	/** How everything is brought up first; undefined where it is up already. */
	readonly up: BringUpOptions | undefined;
	/** The project's files, read again when one of them changes; undefined with `--no-reload`. */
	readonly reload: ProjectFiles | undefined;
	readonly files: HostFiles;
	/** Aborts when nobody reads what is told any more: the watch ends, and what it brought up runs on. */
	readonly unread: AbortSignal;
	/** Ends progress output, so that later lines follow it cleanly. */
	flushProgress(): Promise<void>;
}

/**
 * Keeps the containers of a project as its files are, until the signal aborts. Throws before anything is started where
 * there is nothing to watch. `--dry-run` shows what would be started, and watches nothing.
 */
export async function watchProject(declared: Project, given: RunTools, options: WatchOptions): Promise<void> {
	const { reload } = options;
	const over = AbortSignal.any([given.signal, options.unread]);
	const { readText, noted } = notedReads(options.readText, reload?.mark ?? (() => ''));
	const watch = newWatch(declared, { ...given, signal: over }, { ...options, readText });
	// While the lock is asked for, the files are looked at.
	const first = watch.open(declared);
	const follow = async (): Promise<void> => {
		await first.ready;
		if (options.up !== undefined) await bringUp(buildingFirst(declared), given, options.up);
		await options.flushProgress();
		if (given.show !== undefined) return;
		await first.start([]);
		if (reload === undefined) return untilAborted(over);
		const files = new Map([...reload.files, ...noted]);
		await followFiles({ ...reload, files }, over, (followed) => watch.reload(followed));
	};
	try {
		await (given.show === undefined ? given.withLock(watchLock(declared.name), follow, alone) : follow());
	} finally {
		void watch.close();
	}
}

/** Two watches of a project would both copy, restart and rebuild: the later one is refused. */
const alone = { waits: false };

/** Throws where somebody watches the project already. */
export const requireUnwatched = ({ name }: Pick<Project, 'name'>, { withLock }: RunTools): Promise<void> =>
	withLock(watchLock(name), async () => undefined, alone);

/** Throws where there is nothing to watch, before anything is started. */
export function requireWatched(project: Project, options: RuleReading & Pick<WatchOptions, 'services'>): void {
	rulesOf(project, options);
}

const rulesOf = (project: Project, { services, ...reading }: RuleReading & Pick<WatchOptions, 'services'>) =>
	watchedRules(selectServices(project, { services }), reading);

/** One session after the other: each holds for one reading of the project's files. */
function newWatch(declared: Project, given: RunTools, options: WatchOptions) {
	const tools = {
		...given,
		commandLine: undefined,
		emit: onlyWatchLines(given.emit),
		withLock: withOneLock(given.withLock),
		pause: pauseUntil(given.signal),
	};
	let project = declared;
	let session: Session | undefined;
	const limits = newLimitTeller(tools.emit, options.files.inotifyLimit);
	const inTurn = newTurns();
	const perform = watchActions(() => project, { tools, options, inTurn });
	const told = new Set<string>();
	/** What holds for the next reading, too, is told once. */
	const warn = (message: string): void => {
		if (!told.has(message)) tools.emit({ type: 'warning', message });
		told.add(message);
	};
	const open = (next: Project): Session => {
		project = next;
		session = openSession({
			projectName: next.name,
			workingDir: next.workingDir,
			rules: readRules(next, warn, options),
			inMemory: (service) => memoryMounts(next.services.get(service) ?? {}),
			engine: tools.engine,
			files: options.files,
			emit: tools.emit,
			limits,
			now: tools.contents.now,
			pause: tools.pause,
			perform,
		});
		return session;
	};
	return {
		open,
		/** Gives the files to follow from now on. */
		async reload(followed: FollowedFiles): Promise<FileMarks> {
			const { project: reloaded, files } = await inTurn(async () => {
				const result = await reloadProject(followed, tools, { ...options, before: project });
				project = result.project ?? project;
				return result;
			});
			if (reloaded === undefined) return files;
			const last = session;
			// Watches before the last one ends, so that nothing falls between the two.
			const next = open(reloaded);
			await next.ready;
			await next.start((await last?.close()) ?? []);
			return files;
		},
		close: () => session?.close(),
	};
}

function readRules(project: Project, warn: (message: string) => void, options: WatchOptions): readonly Rule[] {
	const { rules, warnings } = rulesOf(project, options);
	for (const message of warnings) warn(message);
	for (const root of new Set(rules.map((rule) => rule.root))) {
		if (options.files.look(root) !== undefined) continue;
		warn(`\`${root}\` is not there yet: it is watched as soon as it comes`);
	}
	return rules;
}

/** What is watched and can be built is built before it is started, so that it is as the files are. */
const buildingFirst = (project: Project): Project => ({
	...project,
	services: new Map(
		[...project.services].map(([name, service]) => [
			name,
			service.build !== undefined && service.develop !== undefined ? { ...service, pull_policy: 'build' } : service,
		]),
	),
});

const untilAborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
