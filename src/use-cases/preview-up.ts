import type { Engine } from '../engine/engine.ts';
import type { Project } from '../model/project.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { divergedContainers, planUp } from '../plan/plan-up.ts';
import { requireAnyService } from '../plan/select-services.ts';
import { observe, observeDetails } from '../state/observe.ts';
import type { BringUpOptions } from './bring-up-options.ts';

/** The plan of an `up`, from reads only. Containers that differ are inspected, so that reasons name what changed. */
export async function previewUp(project: Project, engine: Engine, options: BringUpOptions): Promise<Plan> {
	requireAnyService(project);
	const state = await observe(engine, project);
	const images = planImages(project, state, options);
	const diverged = divergedContainers(project, state, options);
	const detailed = diverged.size === 0 ? state : await observeDetails(engine, state, diverged);
	return planUp(project, detailed, { ...options, ...(images.steps.length > 0 && { pendingImages: images }) });
}
