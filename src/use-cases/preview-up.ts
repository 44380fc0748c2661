import type { Project } from '../model/project.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { divergedContainers, planUp } from '../plan/plan-up.ts';
import { requireAnyService } from '../plan/select-services.ts';
import { observeDetails } from '../state/observe.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { observeProject } from './observe-project.ts';
import { isSetFor, type RunTools } from './run-tools.ts';

type PreviewTools = Pick<RunTools, 'engine' | 'digests' | 'contents'>;

/** The plan of an `up`, from reads only. Containers that differ are inspected, so that reasons name what changed. */
export async function previewUp(project: Project, tools: PreviewTools, given: BringUpOptions): Promise<Plan> {
	const options = { ...given, isSet: isSetFor(tools) };
	requireAnyService(project);
	const state = await observeProject(project, tools, { createsKey: false });
	const images = planImages(project, state, options);
	const diverged = divergedContainers(project, state, options);
	const detailed = diverged.size === 0 ? state : await observeDetails(tools.engine, state, diverged);
	return planUp(project, detailed, { ...options, ...(images.steps.length > 0 && { pendingImages: images }) });
}
