import type { Project } from '../model/project.ts';
import { withApiSocket } from '../plan/api-socket.ts';
import { reasonsOfDrift } from '../plan/drift.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { planUp } from '../plan/plan-up.ts';
import { requireAnyService } from '../plan/select-services.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { observeGpus } from './gpu-box.ts';
import { lookForDrift } from './look-for-drift.ts';
import { observeProject } from './observe-project.ts';
import { isSetFor, type RunTools } from './run-tools.ts';
import { withStrangers } from './volume-consent.ts';

export type PreviewTools = Pick<RunTools, 'engine' | 'digests' | 'contents' | 'gpus'>;

/** The plan of an `up`, from reads only. Containers that differ are inspected, so that reasons name what changed. */
export const previewUp = async (project: Project, tools: PreviewTools, options: BringUpOptions): Promise<Plan> =>
	(await lookAhead(project, tools, options)).plan;

/** The same, and what it was made from. */
export async function lookAhead(
	declared: Project,
	tools: PreviewTools,
	given: BringUpOptions,
): Promise<{ readonly plan: Plan; readonly state: ObservedState }> {
	const project = withApiSocket(declared);
	requireAnyService(project);
	const observed = await observeProject(project, tools, { createsKey: false, listed: given.listed });
	const gpus = await observeGpus(project, tools, { mode: given.gpuMode, images: observed.images });
	const mayWait = given.gpuWait !== undefined;
	const options = { ...given, gpus: gpus && { ...gpus, mayWait }, isSet: isSetFor(tools) };
	const seen = await withStrangers(project, observed, { engine: tools.engine, options });
	const images = planImages(project, seen, { ...options, now: tools.contents.now() });
	const planned = { ...options, ...(images.steps.length > 0 && { pendingImages: images }) };
	const { state, plan, drift } = await lookForDrift(project, seen, { engine: tools.engine, options: planned });
	if (given.mendsDrift) return { state, plan: planUp(project, state, { ...planned, drifted: reasonsOfDrift(drift) }) };
	return { state, plan: { ...plan, drift: drift.filter(({ mendedBy }) => mendedBy === 'up --drift') } };
}
