import type { WatchDone } from '../events/event.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { execOptions } from '../execute/operations/hook.ts';
import { runExec } from '../execute/run-exec.ts';
import type { BuildSettings } from '../execute/step-run.ts';
import type { Project } from '../model/project.ts';
import { planBuild } from '../plan/plan-build.ts';
import { label } from '../state/labels.ts';
import { imageReference } from '../state/names.ts';
import type { Actions } from '../watch/actions.ts';
import type { Rule } from '../watch/rules.ts';
import type { ServiceSync } from '../watch/service-sync.ts';
import { bringUp } from './bring-up.ts';
import { endRun } from './end-run.ts';
import { restartServices } from './restart-services.ts';
import type { RunTools } from './run-tools.ts';

export interface WatchActionOptions {
	readonly builds: Omit<BuildSettings, 'builder'>;
	/** Remove the image that a rebuild has replaced. */
	readonly prune: boolean;
	/** Ends progress output, so that later lines follow it cleanly. */
	flushProgress(): Promise<void>;
}

/** Does what a change asks for beside copying. What fails is told, and what runs goes on as it is. */
export function watchActions(project: Project, given: RunTools, options: WatchActionOptions) {
	const tools = withOneLock(given);
	return async (service: string, actions: Actions, sync: ServiceSync): Promise<void> => {
		const attempt = async (what: WatchDone, act: () => Promise<number | undefined>): Promise<void> => {
			const since = tools.contents.now();
			try {
				const count = await act();
				await options.flushProgress();
				if (count === undefined) return;
				const milliseconds = tools.contents.now() - since;
				tools.emit({ type: 'watch.done', service, what, changed: actions.changed, count, milliseconds });
			} catch (error) {
				await options.flushProgress();
				if (!tools.signal.aborted)
					tools.emit({ type: 'warning', message: `${service}: ${reasonText(error)}`, hint: hints[what] });
			}
		};
		if (actions.rebuild) await attempt('rebuilt', () => rebuild(project, service, { tools, options }));
		if (actions.restart) await attempt('restarted', () => restart(project, service, tools));
		for (const rule of actions.execs) await attempt('executed', () => execute(rule, sync, tools));
	};
}

const hints: Partial<Readonly<Record<WatchDone, string>>> = {
	rebuilt: 'The container that ran goes on. Mend it and save: it is built again.',
};

interface Doing {
	readonly tools: RunTools;
	readonly options: WatchActionOptions;
}

/** The image is built without the project's lock: it takes long and changes no container. */
async function rebuild(project: Project, service: string, { tools, options }: Doing): Promise<number | undefined> {
	const selection = { services: [service], noDeps: true };
	const before = await imageOf(project, service, tools);
	const built = await executePlan(planBuild(project, selection), {
		...tools,
		project,
		projectName: project.name,
		builds: { ...options.builds, builder: tools.builder },
	});
	endRun(built, { emit: tools.emit, command: 'labc compose build', project });
	if (tools.signal.aborted) return undefined;
	await bringUp(project, tools, {
		...selection,
		recreate: 'force',
		build: 'never',
		pull: 'missing',
		orphans: 'ignore',
	});
	if (options.prune && before !== undefined) await removeReplaced(before, { project, service, tools });
	return 1;
}

const imageOf = async (project: Project, name: string, { engine }: RunTools) => {
	const service = project.services.get(name);
	return service === undefined ? undefined : engine.findImage(imageReference(project, name, service));
};

interface Replaced {
	readonly project: Project;
	readonly service: string;
	readonly tools: RunTools;
}

/** Only an image that was built for the project and has no name any more; one that is still used stays. */
async function removeReplaced(
	before: { readonly id: string; readonly labels: Readonly<Record<string, string>> },
	{ project, service, tools }: Replaced,
): Promise<void> {
	const own = `${label.project}=${project.name}`;
	if (before.labels[label.project] !== project.name || (await imageOf(project, service, tools))?.id === before.id)
		return;
	const named = await tools.engine.listImages([own]);
	if (named.some(({ id }) => id === before.id)) return;
	await tools.engine.removeImage(before.id).catch(() => undefined); // a container still uses it
}

async function restart(project: Project, service: string, tools: RunTools): Promise<number> {
	await restartServices({ name: project.name, project }, tools, { services: [service] });
	return 1;
}

/** In all containers that run, at the same time. */
async function execute({ service, declared: { exec } }: Rule, sync: ServiceSync, tools: RunTools): Promise<number> {
	const containers = sync.containers();
	await Promise.all(
		containers.map(async ({ id, name }) => {
			const decoder = new TextDecoder();
			const request = { containerId: id, options: execOptions(exec ?? { command: null }) };
			const status = await runExec(tools.engine, request, ({ bytes }) => {
				tools.emit({ type: 'watch.output', service, text: decoder.decode(bytes, { stream: true }) });
			});
			if (status === 0) return;
			const message = `the command of the watch rule ended with status ${status} in \`${name}\``;
			tools.emit({ type: 'warning', message, hint: `Try it by hand: \`labc compose exec ${service} sh\`.` });
		}),
	);
	return containers.length;
}

/** Services act at the same time; the project's lock is one for all of them, so they wait for each other here. */
function withOneLock(tools: RunTools): RunTools {
	let last: Promise<unknown> = Promise.resolve();
	return {
		...tools,
		withLock(name, work) {
			const result = last.then(() => tools.withLock(name, work));
			last = result.catch(() => undefined);
			return result;
		},
	};
}

const reasonText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
