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
import { describeFailure, failureOf } from './describe-failure.ts';
import { endRun } from './end-run.ts';
import { shortName } from './hook-lines.ts';
import { restartServices } from './restart-services.ts';
import type { RunTools } from './run-tools.ts';
import { longAfterMs, tellLong } from './tell-long.ts';
import type { InTurn } from './watch-tools.ts';

export interface WatchActionOptions {
	readonly builds: Omit<BuildSettings, 'builder'>;
	/** Remove the image that a rebuild has replaced. */
	readonly prune: boolean;
}

/**
 * Does what a change asks for beside copying, to the project as it is declared by then. What fails is told, and what
 * runs goes on as it is.
 */
export function watchActions(current: () => Project, doing: Doing) {
	const { tools } = doing;
	return async (service: string, actions: Actions, sync: ServiceSync): Promise<void> => {
		const fail = (what: Action, error: unknown): undefined => {
			if (tools.signal.aborted) return;
			const folder = current().workingDir;
			const message = `\`${service}\` ${failures[what]}
${describeFailure(error, folder)}`;
			tools.emit({ type: 'warning', message, failed: { service, what, ...failureOf(error, folder) } });
		};
		const attempt = async (
			what: Action,
			changed: readonly string[],
			act: () => Promise<Achieved | undefined>,
		): Promise<void> => {
			if (changed.length === 0) return;
			const since = tools.contents.now();
			if (what === 'rebuilt') tools.emit({ type: 'watch.started', service, what, changed });
			const achieved = await act().catch((error: unknown) => fail(what, error));
			if (achieved === undefined) return;
			const milliseconds = Math.round(tools.contents.now() - since);
			tools.emit({ type: 'watch.done', service, what, changed, ...achieved, milliseconds });
		};
		await attempt('rebuilt', actions.rebuild, () => rebuild(current, service, doing));
		await attempt('restarted', actions.restart, () => restart(current(), service, tools));
		for (const [rule, causes] of actions.execs) {
			await attempt('executed', causes, () => execute(rule, sync, { tools, project: current() }));
		}
	};
}

type Action = Exclude<WatchDone, 'synced' | 'repaired'>;

/** Why, and what to do about each cause, stands below. */
const failures: Readonly<Record<Action, string>> = {
	rebuilt: "can't be rebuilt: the container that ran goes on until it is mended and saved",
	restarted: "can't be restarted",
	executed: "can't run the command of its watch rule",
};

/** What a `watch.done` says of it. */
interface Achieved {
	/** How many containers, where it is done in each of them. */
	readonly count?: number;
}

interface Doing {
	readonly tools: RunTools;
	readonly options: WatchActionOptions;
	/** Not while a reload brings the services to what it has read: `current` then gives what was before. */
	readonly inTurn: InTurn;
}

/**
 * The image is built without the project's lock: it takes long and changes no container. The project's files may say
 * something else when it is done.
 */
async function rebuild(
	current: () => Project,
	service: string,
	{ tools, options, inTurn }: Doing,
): Promise<Achieved | undefined> {
	const project = current();
	const selection = { services: [service], noDeps: true };
	const before = await imageOf(project, service, tools);
	const built = await executePlan(planBuild(project, selection), {
		...tools,
		project,
		projectName: project.name,
		builds: { ...options.builds, builder: tools.builder },
	});
	endRun(built, { emit: tools.emit, command: tools.commandLine, project });
	const isUp = await inTurn(async () => {
		const declared = current();
		if (tools.signal.aborted || !declared.services.has(service)) return false;
		await bringUp(declared, tools, {
			...selection,
			recreate: 'force',
			build: 'never',
			pull: 'missing',
			orphans: 'ignore',
		});
		await restartDependents(declared, service, tools);
		return true;
	});
	if (!isUp) return undefined;
	if (options.prune && before !== undefined) await removeReplaced(before, { project, service, tools });
	return {};
}

/** Who asks with `restart: true` to be restarted when what it depends on is exchanged. */
async function restartDependents(project: Project, service: string, tools: RunTools): Promise<void> {
	const dependents = [...project.services].filter(([, { depends_on }]) => depends_on?.[service]?.restart === true);
	if (dependents.length === 0) return;
	await restartServices({ name: project.name, project }, tools, { services: dependents.map(([name]) => name) });
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

async function restart(project: Project, service: string, tools: RunTools): Promise<Achieved> {
	await restartServices({ name: project.name, project }, tools, { services: [service] });
	return {};
}

/** In all containers that run, at the same time. Gives in how many of them it went well; undefined: in none. */
async function execute(
	{ service, declared: { exec } }: Rule,
	sync: ServiceSync,
	{ tools, project }: { readonly tools: RunTools; readonly project: Project },
): Promise<Achieved | undefined> {
	const containers = sync.containers();
	const statuses = await Promise.all(
		containers.map(async ({ id, name }) => {
			const decoder = new TextDecoder();
			const container = shortName(name, project);
			const request = { containerId: id, options: execOptions(exec ?? { command: null }) };
			const running = runExec(tools.engine, request, ({ bytes }) => {
				tools.emit({ type: 'watch.output', service, container, text: decoder.decode(bytes, { stream: true }) });
			});
			const status = await tellLong(running, () => tools.emit({ type: 'warning', ...longTexts(service, name) }));
			if (status === 0) return status;
			const message = `the command of the watch rule ended with status ${status} in \`${name}\``;
			const hint = `Try it by hand: \`labc compose exec ${service} sh\`.`;
			tools.emit({ type: 'warning', message, hint, failed: { service, what: 'executed' } });
			return status;
		}),
	);
	const count = statuses.filter((status) => status === 0).length;
	return count === 0 ? undefined : { count };
}

/** Everything else that is to be done to the service beside copying waits for the command. */
const longTexts = (service: string, container: string) => ({
	message: `the command of a watch rule has been running in \`${container}\` for ${longAfterMs / 1000} s: files are copied on, but further commands, restarts and rebuilds of \`${service}\` wait until it ends`,
	hint: `Where it does not end by itself, run \`labc compose restart ${service}\`; what is to go on running belongs into the service's \`command\`.`,
});
