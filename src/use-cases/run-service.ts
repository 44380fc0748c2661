import type { TerminalSize } from '../engine/streams.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { noProvisions, type ProvisionsTold } from '../execute/provisions-told.ts';
import type { BuildSettings } from '../execute/step-run.ts';
import type { WalkResult } from '../execute/walk-steps.ts';
import type { GpuMode } from '../gpu/box.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { withApiSocket } from '../plan/api-socket.ts';
import type { Plan } from '../plan/plan.ts';
import { type ImageOptions, planImages } from '../plan/plan-images.ts';
import { planRun, type RunOptions } from '../plan/plan-run.ts';
import { withProvisions } from '../plan/provisions.ts';
import { requireService, selectServices } from '../plan/select-services.ts';
import { observe, observeImages } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { attendContainer, startDetached } from './attend-container.ts';
import type { GpuWait } from './await-gpus.ts';
import type { Connection, Console } from './console.ts';
import { endRun } from './end-run.ts';
import { withGpus } from './give-gpus.ts';
import { observeGpus } from './gpu-box.ts';
import { queueingForGpus } from './gpu-queue.ts';
import { runOneOffHooks } from './one-off-hooks.ts';
import { isSetFor, type RunTools } from './run-tools.ts';
import { tellKeptVolumes, tellWarnings } from './tell-warnings.ts';
import { withProjectLock } from './with-project-lock.ts';

export interface RunServiceRequest
	extends Connection,
		Pick<RunOptions, 'slug' | 'name' | 'useAliases' | 'noDeps' | 'orphans' | 'locate' | 'hashForm' | 'gpus'> {
	readonly serviceName: string;
	/** The service as the command line changed it. */
	readonly service: Service;
	readonly detach: boolean;
	/** `--gpus` */
	readonly gpuMode?: GpuMode | undefined;
	/** `--gpu-wait`: queue where there are too few. */
	readonly gpuWait?: GpuWait | undefined;
	/** Of the terminal the container gets. */
	readonly consoleSize?: TerminalSize | undefined;
	/** Keep nothing of the container once it has ended. */
	readonly remove: boolean;
	readonly images: Pick<ImageOptions, 'pull' | 'build'>;
	readonly builds?: Omit<BuildSettings, 'builder'>;
	/** Ends progress output, so that the program has the terminal for itself. */
	flushProgress(): Promise<void>;
	/** Told the id of a container that is left alone. */
	onDetached(id: string): Promise<void>;
	/** Told that the user left a container that goes on. */
	onDetach(containerName: string): void;
}

/**
 * Brings up what a service depends on, makes a container of its own for one command and stays with it to its end.
 * Gives the command's exit status, or 0 for a container that is left alone.
 */
export async function runService(
	project: Project,
	tools: RunTools,
	{ request, console }: { readonly request: RunServiceRequest; readonly console: Console },
): Promise<number> {
	const wanted = onlyNeeded(withService(project, request), request);
	const { gpuMode: mode } = request;
	const looked = { mode, images: tools.gpus === undefined ? new Map() : await observeImages(tools.engine, wanted) };
	const seen = await observeGpus(wanted, tools, looked);
	if (seen === undefined) {
		return makeAndAttend(project, tools, { request, console });
	}
	let attended: Promise<number> | undefined;
	let ready: ReadyRun | undefined;
	await queueingForGpus(tools, request.gpuWait, () =>
		withProjectLock(project.name, tools, async (locked) => {
			const made = await makeReady(withApiSocket(withService(project, request)), { tools: locked, request }, ready);
			ready = made;
			const giving = { mode, images: made.state.images, tools: locked, seen, queues: request.gpuWait !== undefined };
			await withGpus(wanted, giving, {
				plan: async (gpus) => planReady(made, { tools: locked, request: { ...request, gpus } }),
				async carryOut(planned, given) {
					const started = Promise.withResolvers<void>();
					const told = { request, console, onStarted: started.resolve };
					attended = makePlanned(planned, { tools: given, request }).then((name) =>
						attend(project, given, { ...told, name }),
					);
					await Promise.race([started.promise, attended]);
				},
			});
		}),
	);
	return attended ?? 0;
}

/** Services that are not brought up say nothing of what is needed. */
const onlyNeeded = (project: Project, { serviceName, noDeps = false }: RunServiceRequest): Project => ({
	...project,
	services: new Map(selectServices(project, { services: [serviceName], noDeps })),
});

interface Attended {
	readonly request: RunServiceRequest;
	readonly console: Console;
	/** Called once the container runs. */
	readonly onStarted?: () => void;
}

async function makeAndAttend(project: Project, tools: RunTools, { request, console }: Attended): Promise<number> {
	const name = await makeOneOff(project, tools, request);
	return attend(project, tools, { request, console, name });
}

/** Starts the container of that name, which was made, and stays with it. */
async function attend(
	project: Project,
	tools: RunTools,
	{ request, console, onStarted, name }: Attended & { readonly name: string },
): Promise<number> {
	await request.flushProgress();
	const { id } = await tools.engine.inspectContainer(name);
	if (request.detach) {
		await startDetached(tools.engine, { id, autoRemove: request.remove });
		onStarted?.();
		await runOneOffHooks(project, tools, { ...request, id, name });
		await request.onDetached(id);
		return 0;
	}
	const attended = {
		...request,
		id,
		name,
		autoRemove: request.remove,
		signal: tools.signal,
		forceSignal: tools.forceSignal,
		onStarted: () => {
			onStarted?.();
			return runOneOffHooks(project, tools, { ...request, id, name });
		},
	};
	return attendContainer(tools.engine, attended, console);
}

/**
 * Gives the name of the container, which is made and not started. Where more has to be made for it, that is done under
 * the project's lock; where it is all, nobody is waited for.
 */
async function makeOneOff(declared: Project, tools: RunTools, request: RunServiceRequest): Promise<string> {
	const changed = withApiSocket(withService(declared, request));
	const seen = await observe(tools.engine, changed);
	if (isAllThatIsMade(changed, seen, { tools, request })) return makeFrom(seen, changed, { tools, request });
	return withProjectLock(changed.name, tools, async (locked) =>
		makeFrom(await observe(locked.engine, changed), changed, { tools: locked, request }),
	);
}

function isAllThatIsMade(project: Project, state: ObservedState, { tools, request }: RunParts): boolean {
	if (planOwnImages(project, state, { tools, request }).steps.length > 0) return false;
	const { steps } = planOneOff(project, state, { tools, request });
	return steps.findLastIndex(({ operation }) => operation.type === 'container.create') === 0;
}

const planOwnImages = (project: Project, state: ObservedState, { tools, request }: RunParts): Plan =>
	planImages(project, state, {
		services: [request.serviceName],
		noDeps: request.noDeps ?? false,
		...request.images,
		now: tools.contents.now(),
	});

const planOneOff = (project: Project, state: ObservedState, { tools, request }: RunParts): Plan =>
	planRun(project, request.serviceName, state, {
		...runOptions({ ...request, service: requireService(project, request.serviceName) }),
		isSet: isSetFor(tools),
	});

async function makeFrom(before: ObservedState, changed: Project, parts: RunParts): Promise<string> {
	return makePlanned(planReady(await makeImages(changed, before, parts), parts), parts);
}

/** A `run` that only lacks its plan. */
interface ReadyRun {
	readonly project: Project;
	readonly state: ObservedState;
}

/** Has the images made first; where `earlier` had to wait, only the engine is looked at again. */
async function makeReady(declared: Project, parts: RunParts, earlier: ReadyRun | undefined): Promise<ReadyRun> {
	const before = await observe(parts.tools.engine, earlier?.project ?? declared);
	return earlier === undefined ? makeImages(declared, before, parts) : { ...earlier, state: before };
}

async function makeImages(changed: Project, before: ObservedState, { tools, request }: RunParts): Promise<ReadyRun> {
	const provisions = noProvisions();
	const images = await carryOut(planOwnImages(changed, before, { tools, request }), changed, {
		tools,
		request,
		provisions,
	});
	const project = withProvisions(changed, provisions);
	const state = images.done.length === 0 ? before : { ...before, images: await observeImages(tools.engine, changed) };
	return { project, state };
}

interface PlannedRun {
	readonly project: Project;
	readonly plan: Plan;
}

const planReady = ({ project, state }: ReadyRun, parts: RunParts): PlannedRun => ({
	project,
	plan: planOneOff(project, state, parts),
});

/** Gives the name of the container. */
async function makePlanned({ project, plan }: PlannedRun, { tools, request }: RunParts): Promise<string> {
	tellWarnings(plan.warnings, tools.emit);
	tellKeptVolumes(plan, tools.emit);
	await carryOut(plan, project, { tools, request });
	const made = plan.steps.findLast(({ operation }) => operation.type === 'container.create')?.operation;
	if (made?.type !== 'container.create') throw new Error('the plan of a run makes its container');
	return made.spec.name;
}

/** The project in which the service is as the command line changed it. */
export const withService = (project: Project, { serviceName, service }: RunServiceRequest): Project => ({
	...project,
	services: new Map([...project.services, [serviceName, service]]),
});

export const runOptions = ({
	service,
	slug,
	name,
	useAliases,
	noDeps,
	orphans,
	locate,
	hashForm,
	gpus,
	...request
}: RunServiceRequest): RunOptions => ({
	service,
	slug,
	name,
	useAliases: useAliases ?? false,
	noDeps: noDeps ?? false,
	orphans: orphans ?? 'warn',
	...(locate !== undefined && { locate }),
	hashForm,
	gpus,
	oneOff: {
		autoRemove: request.remove,
		input: request.input,
		...(request.consoleSize !== undefined && { consoleSize: request.consoleSize }),
	},
});

interface RunParts {
	readonly tools: RunTools;
	readonly request: RunServiceRequest;
	readonly provisions?: ProvisionsTold;
}

async function carryOut(plan: Plan, project: Project, { tools, request, provisions }: RunParts): Promise<WalkResult> {
	const result = await executePlan(plan, {
		...tools,
		project,
		projectName: project.name,
		provisions,
		builds: { ...request.builds, builder: tools.builder },
	});
	if (result.done.length < plan.steps.length) {
		endRun(result, { emit: tools.emit, command: tools.commandLine, project, locate: request.locate });
	}
	return result;
}
