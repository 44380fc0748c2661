import { executePlan } from '../execute/execute-plan.ts';
import type { WalkResult } from '../execute/walk-steps.ts';
import type { Project } from '../model/project.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { planUp } from '../plan/plan-up.ts';
import { requireAnyService } from '../plan/select-services.ts';
import { observe, observeImages } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { endRun } from './end-run.ts';
import { previewUp } from './preview-up.ts';
import type { RunTools } from './run-tools.ts';
import { tellWarnings } from './tell-warnings.ts';

/** An `up` whose images are there and whose plan stands; nothing else has been changed yet. */
export interface PreparedUp {
	readonly project: Project;
	readonly state: ObservedState;
	readonly plan: Plan;
	/** What was pulled and built on the way. */
	readonly images: WalkResult;
}

/** Brings the project to its declared form. Where it has it already, nothing is written to the engine. */
export async function bringUp(project: Project, tools: RunTools, options: BringUpOptions): Promise<void> {
	if (tools.show !== undefined) return tools.show(await previewUp(project, tools.engine, options));
	await carryOut(await prepareUp(project, tools, options), tools, options);
}

/** Has the images made first: containers can only be compared with images that are there. */
export async function prepareUp(project: Project, tools: RunTools, options: BringUpOptions): Promise<PreparedUp> {
	requireAnyService(project);
	const before = await observe(tools.engine, project);
	const images = await makeImages(project, before, { tools, options });
	const state = images.done.length === 0 ? before : { ...before, images: await observeImages(tools.engine, project) };
	return { project, state, images, plan: await planWithConsent(project, state, { tools, options }) };
}

export async function carryOut(prepared: PreparedUp, tools: RunTools, options: BringUpOptions): Promise<void> {
	const { project, plan, images } = prepared;
	tellWarnings(plan.warnings, tools.emit);
	const result = await run(plan, project, { tools, options });
	const { locate } = options;
	endRun(result, { emit: tools.emit, command: commandOf(options), changedBefore: images.done.length, project, locate });
}

interface Request {
	readonly tools: RunTools;
	readonly options: BringUpOptions;
}

async function makeImages(project: Project, state: ObservedState, request: Request): Promise<WalkResult> {
	const { tools, options } = request;
	const plan = planImages(project, state, options);
	const result = await run(plan, project, request);
	if (result.done.length < plan.steps.length) {
		endRun(result, { emit: tools.emit, command: commandOf(options), project, locate: options.locate });
	}
	return result;
}

/** Asks before a volume is recreated; without a clear yes it is kept, and a warning says so. */
async function planWithConsent(project: Project, state: ObservedState, { tools, options }: Request): Promise<Plan> {
	const plan = planUp(project, state, options);
	const diverged = plan.warnings.filter(({ code }) => code === 'VOLUME_DIVERGED');
	if (diverged.length === 0) return plan;
	for (const { message } of diverged) {
		if (!(await tools.confirm(`${message}. Recreate it (data will be lost)?`))) return plan;
	}
	return planUp(project, state, { ...options, recreateVolumes: true });
}

const run = (plan: Plan, project: Project, { tools, options }: Request): Promise<WalkResult> =>
	executePlan(plan, {
		...tools,
		project,
		projectName: project.name,
		builds: { ...options.builds, builder: tools.builder },
		waitTimeoutSeconds: options.waitTimeoutSeconds,
	});

const commandOf = ({ command = 'labc compose up' }: BringUpOptions): string => command;
