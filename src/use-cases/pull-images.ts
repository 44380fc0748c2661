import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Emit } from '../events/event.ts';
import type { Project } from '../model/project.ts';
import { type PullOptions, planPull } from '../plan/plan-pull.ts';
import { observeImages } from '../state/observe.ts';
import { applyPlan } from './apply-plan.ts';
import type { RunTools } from './run-tools.ts';

export interface PullImagesOptions extends PullOptions {
	/** An image that can't be had is told and no failure. */
	readonly ignoreFailures: boolean;
}

/** Pulls the images of services, as far as their policies let it. */
export async function pullImages(project: Project, tools: RunTools, options: PullImagesOptions): Promise<void> {
	const { engine, emit } = tools;
	const makePlan = async () => planPull(project, { images: await observeImages(engine, project) }, options);
	const used = options.ignoreFailures ? { ...tools, engine: forgiving(engine, emit) } : tools;
	await applyPlan(makePlan, used, { project, projectName: project.name });
}

/** Tells of an image that can't be had, and goes on. */
const forgiving = (engine: Engine, emit: Emit): Engine => ({
	...engine,
	async pullImage(reference, onProgress, signal) {
		try {
			await engine.pullImage(reference, onProgress, signal);
		} catch (error) {
			if (!(error instanceof LabcError) || error.code !== 'IMAGE_UNAVAILABLE') throw error;
			emit({ type: 'warning', message: error.message, ...(error.hint !== undefined && { hint: error.hint }) });
		}
	},
});
