import type { Project } from '../model/project.ts';
import { withApiSocket } from '../plan/api-socket.ts';
import { reasonsOfDrift } from '../plan/drift.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { planUp } from '../plan/plan-up.ts';
import { requireAnyService } from '../plan/select-services.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import { lookForDrift } from './look-for-drift.ts';
import { observeProject } from './observe-project.ts';
import { isSetFor, type RunTools } from './run-tools.ts';

type PreviewTools = Pick<RunTools, 'engine' | 'digests' | 'contents'>;

/** The plan of an `up`, from reads only. Containers that differ are inspected, so that reasons name what changed. */
export async function previewUp(declared: Project, tools: PreviewTools, given: BringUpOptions): Promise<Plan> {
	const options = { ...given, isSet: isSetFor(tools) };
	const project = withApiSocket(declared);
	requireAnyService(project);
	const seen = await observeProject(project, tools, { createsKey: false });
	const images = planImages(project, seen, { ...options, now: tools.contents.now() });
	const planned = { ...options, ...(images.steps.length > 0 && { pendingImages: images }) };
	const { state, plan, drift } = await lookForDrift(project, seen, { engine: tools.engine, options: planned });
	if (given.mendsDrift) return planUp(project, state, { ...planned, drifted: reasonsOfDrift(drift) });
	return { ...plan, drift: drift.filter(({ mendedBy }) => mendedBy === 'up --drift') };
}
