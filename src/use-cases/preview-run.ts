import type { Project } from '../model/project.ts';
import type { Plan } from '../plan/plan.ts';
import { planImages } from '../plan/plan-images.ts';
import { planRun } from '../plan/plan-run.ts';
import { observe } from '../state/observe.ts';
import { observeGpus } from './gpu-box.ts';
import { type RunServiceRequest, runOptions, withService } from './run-service.ts';
import type { RunTools } from './run-tools.ts';

/** The plan of a `run`, from reads only: what it needs and the container it would make. */
export async function previewRun(
	project: Project,
	{ engine, contents, gpus }: Pick<RunTools, 'engine' | 'contents' | 'gpus'>,
	request: RunServiceRequest,
): Promise<Plan> {
	const { serviceName, noDeps = false } = request;
	const changed = withService(project, request);
	const state = await observe(engine, changed);
	const images = planImages(changed, state, {
		services: [serviceName],
		noDeps,
		...request.images,
		now: contents.now(),
	});
	const pending = images.steps.length > 0 && { pendingImages: images };
	const box = await observeGpus(changed, { engine, gpus }, { mode: request.gpuMode, images: state.images });
	const wished = box && { ...box, mayWait: request.gpuWait !== undefined };
	return planRun(project, serviceName, state, { ...runOptions({ ...request, gpus: wished }), ...pending });
}
