import path from 'node:path';
import type { Project } from '../model/project.ts';
import { formatPlan } from '../plan/format-plan.ts';
import { selectServices } from '../plan/select-services.ts';
import type { HostFiles } from '../watch/host-files.ts';
import { openSession, type Session } from '../watch/session.ts';
import { type ReadText, watchedRules } from '../watch/watched-rules.ts';
import { bringUp } from './bring-up.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import type { RunTools } from './run-tools.ts';
import { type WatchActionOptions, watchActions } from './watch-actions.ts';

export interface WatchOptions extends WatchActionOptions {
	readonly services: readonly string[];
	/** How everything is brought up first; undefined where it is up already. */
	readonly up: BringUpOptions | undefined;
	/** The project's files, read again when one of them changes; undefined with `--no-reload`. */
	readonly reload: ProjectFiles | undefined;
	readonly files: HostFiles;
	readonly readText: ReadText;
}

export interface ProjectFiles {
	/** All files that the project was read from. */
	list(): readonly string[];
	/** Reads them again. */
	load(): Promise<Project>;
	/** Calls back when one of them changes. */
	watch(files: readonly string[], onChange: (file: string) => void): Promise<{ close(): Promise<void> }>;
}

/**
 * Keeps the containers of a project as its files are, until the signal aborts. Throws before anything is started where
 * there is nothing to watch.
 */
export async function watchProject(project: Project, given: RunTools, options: WatchOptions): Promise<void> {
	const rules = readRules(project, given, options);
	const tools = { ...given, pause: pauseUntil(given.signal) };
	let current = open(project, rules, { tools, options, carried: [] });
	try {
		await current.ready;
		if (options.up !== undefined) await bringUp(buildingFirst(project), given, options.up);
		await options.flushProgress();
		await current.start();
		const { reload } = options;
		if (reload === undefined) return await untilAborted(given.signal);
		await followFiles(reload, given, async (file) => {
			const carried = current.copied();
			const next = await applyFiles(file, given, { ...options, reload });
			if (next === undefined) return;
			current.close();
			current = open(next, readRules(next, given, options), { tools, options, carried });
			await current.ready;
			await current.start();
		});
	} finally {
		current.close();
	}
}

/** Throws where there is nothing to watch, before anything is started. */
export function requireWatched(project: Project, { services, readText }: WatchOptions): void {
	watchedRules(selectServices(project, { services }), readText);
}

interface Opening {
	readonly tools: RunTools & { pause(ms: number): Promise<void> };
	readonly options: WatchOptions;
	readonly carried: readonly string[];
}

const open = (
	project: Project,
	rules: Parameters<typeof openSession>[0]['rules'],
	{ tools, options, carried }: Opening,
): Session =>
	openSession({
		projectName: project.name,
		workingDir: project.workingDir,
		rules,
		engine: tools.engine,
		files: options.files,
		emit: tools.emit,
		now: tools.contents.now,
		pause: tools.pause,
		perform: watchActions(project, tools, options),
		carried,
	});

function readRules(project: Project, { emit }: Pick<RunTools, 'emit'>, { services, readText }: WatchOptions) {
	const { rules, warnings } = watchedRules(selectServices(project, { services }), readText);
	for (const message of warnings) emit({ type: 'warning', message });
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

/** Reads the files again and brings the project to what they say. What is wrong with them is told, and nothing changes. */
async function applyFiles(
	file: string,
	tools: RunTools,
	options: WatchOptions & { readonly reload: ProjectFiles },
): Promise<Project | undefined> {
	try {
		const project = await options.reload.load();
		const names = [...selectServices(project, { services: options.services }).keys()];
		requireWatched(project, options);
		const changed = path.relative(project.workingDir, file);
		await bringUp(project, tools, {
			services: names,
			orphans: 'ignore',
			builds: options.builds,
			async onPrepared({ plan }) {
				const steps = plan.steps.length === 0 ? [] : formatPlan(plan).split('\n');
				tools.emit({ type: 'watch.reload', changed, steps });
			},
		});
		return project;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		tools.emit({ type: 'warning', message, hint: 'What runs goes on as it is. Mend the file and save it.' });
		return undefined;
	} finally {
		await options.flushProgress();
	}
}

/** Calls back for one change after the other until the signal aborts. */
async function followFiles(
	reload: ProjectFiles,
	{ signal }: Pick<RunTools, 'signal'>,
	onChange: (file: string) => Promise<void>,
): Promise<void> {
	let changed: string | undefined;
	let work: Promise<void> = Promise.resolve();
	const take = (file: string): void => {
		const isWaiting = changed !== undefined;
		changed = file;
		if (isWaiting) return;
		work = work.then(async () => {
			const latest = changed;
			changed = undefined;
			if (latest !== undefined && !signal.aborted) await onChange(latest);
		});
	};
	const watch = await reload.watch(reload.list(), take);
	try {
		await untilAborted(signal);
		await work;
	} finally {
		await watch.close();
	}
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

/** Ends early when the signal aborts. */
const pauseUntil =
	(signal: AbortSignal) =>
	(ms: number): Promise<void> =>
		new Promise((resolve) => {
			const end = (): void => {
				clearTimeout(timer);
				signal.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			if (signal.aborted) end();
			else signal.addEventListener('abort', end, { once: true });
		});
