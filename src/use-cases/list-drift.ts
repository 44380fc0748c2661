import type { Project } from '../model/project.ts';
import type { Drift } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import type { UpOptions } from '../plan/up-options.ts';
import { lookForDrift } from './look-for-drift.ts';
import { observeProject } from './observe-project.ts';
import { isSetFor, type RunTools } from './run-tools.ts';

/** Whatever of the project's containers is not as declared, from reads only. */
export async function listDrift(
	project: Project,
	tools: Pick<RunTools, 'engine' | 'digests' | 'contents'>,
	given: UpOptions,
): Promise<readonly Drift[]> {
	const options = { ...given, noDeps: true, isSet: isSetFor(tools) };
	const state = await observeProject(project, tools, { createsKey: false });
	const images = planImages(project, state, { ...options, build: 'missing' });
	const planned = images.steps.length === 0 ? options : { ...options, pendingImages: images };
	return (await lookForDrift(project, state, { engine: tools.engine, options: planned })).drift;
}
