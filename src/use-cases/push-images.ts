import type { Project } from '../model/project.ts';
import { type PushOptions, planPush } from '../plan/plan-push.ts';
import { type Application, applyPlan } from './apply-plan.ts';
import type { RunTools } from './run-tools.ts';

export interface PushImagesOptions extends PushOptions, Required<Pick<Application, 'ignoresImageFailures'>> {}

/** Pushes the images that services are built as. */
export async function pushImages(project: Project, tools: RunTools, options: PushImagesOptions): Promise<void> {
	const { locate, ignoresImageFailures } = options;
	await applyPlan(() => planPush(project, options), tools, {
		project,
		projectName: project.name,
		locate,
		ignoresImageFailures,
		locks: false,
		nothingToDo: { message: 'no images to push', hint: 'Give a service both `build` and `image`.' },
	});
}
