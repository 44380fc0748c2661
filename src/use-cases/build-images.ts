import type { BuildSettings } from '../execute/step-run.ts';
import type { Project } from '../model/project.ts';
import { planBuild } from '../plan/plan-build.ts';
import type { ImageOptions } from '../plan/plan-images.ts';
import type { Selection } from '../plan/select-services.ts';
import { applyPlan } from './apply-plan.ts';
import type { RunTools } from './run-tools.ts';

export interface BuildImagesOptions extends Selection, Pick<ImageOptions, 'locate'> {
	readonly builds: Omit<BuildSettings, 'builder'>;
}

/** Builds the images of the selected services, whether they are there or not. */
export async function buildImages(project: Project, tools: RunTools, options: BuildImagesOptions): Promise<void> {
	await applyPlan(() => planBuild(project, options), tools, {
		project,
		projectName: project.name,
		builds: { ...options.builds, builder: tools.builder },
		locate: options.locate,
		nothingToDo: { message: 'no services to build', hint: 'Give a service a `build` section.' },
	});
}
