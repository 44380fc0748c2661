import { executePlan } from '../execute/execute-plan.ts';
import { noProvisions, type ProvisionsTold } from '../execute/provisions-told.ts';
import type { WalkResult } from '../execute/walk-steps.ts';
import type { Project } from '../model/project.ts';
import { withApiSocket } from '../plan/api-socket.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { planUp } from '../plan/plan-up.ts';
import { withProvisions } from '../plan/provisions.ts';
import { requireAnyService } from '../plan/select-services.ts';
import { observeImages } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { endRun } from './end-run.ts';
import { withGpus } from './give-gpus.ts';
import { observeGpus } from './gpu-box.ts';
import { queueingForGpus } from './gpu-queue.ts';
import { mendingDrift } from './look-for-drift.ts';
import { observeProject } from './observe-project.ts';
import { previewUp } from './preview-up.ts';
import { isSetFor, type RunTools } from './run-tools.ts';
import { tellKeptVolumes, tellWarnings } from './tell-warnings.ts';
import { askForVolumes, withStrangers } from './volume-consent.ts';
import { withProjectLock } from './with-project-lock.ts';

/** An `up` whose images are there and whose plan stands; nothing else has been changed yet. */
export interface PreparedUp {
	readonly project: Project;
	readonly state: ObservedState;
	readonly plan: Plan;
	/** What was pulled and built on the way. */
	readonly images: WalkResult;
}

/**
 * Brings the project to its declared form. Where it has it already, nothing is written to the engine and no lock is
 * taken. `onPrepared` is called when the plan stands and nothing but images has been made.
 */
export async function bringUp(
	declared: Project,
	tools: RunTools,
	options: BringUpOptions & { readonly onPrepared?: (prepared: PreparedUp) => Promise<void> },
): Promise<void> {
	const project = withApiSocket(declared);
	if (tools.show !== undefined) return tools.show(await previewUp(project, tools, options));
	requireAnyService(project);
	const seen = await observeProject(project, tools, { createsKey: true, listed: options.listed });
	const { gpuMode: mode } = options;
	const gpus = await observeGpus(project, tools, { mode, images: seen.images });
	const mayWait = options.gpuWait !== undefined;
	const wished = gpus && { ...gpus, mayWait };
	const given = { tools, options: { ...options, gpus: wished, isSet: isSetFor(tools) } };
	const mended = await mendingDrift(project, seen, { ...given, engine: tools.engine });
	const pendingImages = planImages(project, seen, { ...mended, now: tools.contents.now() });
	const { plan, options: agreed } = await askForVolumes(project, seen, { tools, options: mended, pendingImages });
	const request = { tools, options: agreed };
	const apply = async (prepared: PreparedUp, locked: RunTools): Promise<void> => {
		await options.onPrepared?.(prepared);
		await carryOut(prepared, { ...request, tools: locked });
	};
	if (plan.steps.length === 0) {
		const prepared = { project, state: seen, plan, images: nothingDone };
		options.expects?.(prepared);
		return apply(prepared, tools);
	}
	let made: ReadyUp | undefined;
	await queueingForGpus(tools, options.gpuWait, () =>
		withProjectLock(project.name, tools, async (locked) => {
			const ready = await makeReady(project, { ...request, tools: locked }, made);
			made = ready;
			const giving = { tools: locked, images: ready.state.images, seen: gpus, mode, queues: mayWait };
			await withGpus(ready.project, giving, {
				async plan(box) {
					const options = { ...request.options, gpus: box };
					const prepared = await planReady(ready, { ...request, tools: locked, options });
					options.expects?.(prepared); // before anything is reserved for it
					return prepared;
				},
				carryOut: apply,
			});
		}),
	);
}

const nothingDone: WalkResult = { done: [], failed: [], returned: [], skipped: [], unfinished: [], interrupted: false };

/** An `up` that only lacks its plan. */
type ReadyUp = Omit<PreparedUp, 'plan'>;

/**
 * Has the images made first: containers can only be compared with images that are there. Where `earlier` was made
 * ready and had to wait, only the engine is looked at again.
 */
async function makeReady(declared: Project, request: Request, earlier: ReadyUp | undefined): Promise<ReadyUp> {
	const { engine } = request.tools;
	const before = await observeProject(earlier?.project ?? declared, request.tools, { createsKey: true });
	if (earlier !== undefined) return { ...earlier, state: before };
	const provisions = noProvisions();
	const images = await makeImages(declared, before, { ...request, provisions });
	const project = withProvisions(declared, provisions);
	const state = images.done.length === 0 ? before : { ...before, images: await observeImages(engine, project) };
	return { project, state, images };
}

async function planReady(made: ReadyUp, request: Request): Promise<PreparedUp> {
	const { engine } = request.tools;
	const { project } = made;
	const state = await withStrangers(project, made.state, { engine, options: request.options });
	const options = await mendingDrift(project, state, { engine, options: request.options });
	return { ...made, plan: planUp(project, state, options) };
}

async function carryOut({ project, state, plan, images }: PreparedUp, request: Request): Promise<void> {
	const { tools, options } = request;
	tellWarnings(plan.warnings, tools.emit);
	const result = await run(plan, project, request);
	const { locate } = options;
	endRun(result, {
		emit: tools.emit,
		command: tools.commandLine,
		before: state.containers,
		changedBefore: images.done.length,
		keepsOld: plan.needsConsent !== undefined,
		project,
		locate,
	});
	tellKeptVolumes(plan, tools.emit);
}

interface Request {
	readonly tools: RunTools;
	readonly options: BringUpOptions;
	/** Where to keep what providers and models tell. */
	readonly provisions?: ProvisionsTold;
}

async function makeImages(project: Project, state: ObservedState, request: Request): Promise<WalkResult> {
	const { tools, options } = request;
	const plan = planImages(project, state, { ...options, now: tools.contents.now() });
	const result = await run(plan, project, request);
	if (result.done.length < plan.steps.length) {
		endRun(result, {
			emit: tools.emit,
			command: tools.commandLine,
			before: state.containers,
			project,
			locate: options.locate,
		});
	}
	return result;
}

const run = (plan: Plan, project: Project, { tools, options, provisions }: Request): Promise<WalkResult> =>
	executePlan(plan, {
		...tools,
		project,
		projectName: project.name,
		provisions,
		builds: { ...options.builds, builder: tools.builder },
		waitTimeoutSeconds: options.waitTimeoutSeconds,
	});
