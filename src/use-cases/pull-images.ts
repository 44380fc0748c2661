import type { Project } from '../model/project.ts';
import { type PullOptions, planPull } from '../plan/plan-pull.ts';
import { observeImages } from '../state/observe.ts';
import { type Application, applyPlan } from './apply-plan.ts';
import type { RunTools } from './run-tools.ts';

export interface PullImagesOptions
	extends PullOptions,
		Pick<Application, 'locate'>,
		Required<Pick<Application, 'ignoresImageFailures'>> {}

/** Pulls the images of services, as far as their policies let it. */
export async function pullImages(project: Project, tools: RunTools, options: PullImagesOptions): Promise<void> {
	const { locate, ignoresImageFailures } = options;
	const makePlan = async () => planPull(project, { images: await observeImages(tools.engine, project) }, options);
	await applyPlan(makePlan, tools, { project, projectName: project.name, locate, ignoresImageFailures });
}
