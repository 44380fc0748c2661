import { executePlan } from '../execute/execute-plan.ts';
import type { BuildSettings } from '../execute/step-run.ts';
import type { Project } from '../model/project.ts';
import { planBuild } from '../plan/plan-build.ts';
import type { ImageOptions } from '../plan/plan-images.ts';
import type { Selection } from '../plan/select-services.ts';
import { endRun } from './end-run.ts';
import type { RunTools } from './run-tools.ts';

export interface BuildImagesOptions extends Selection, Pick<ImageOptions, 'locate'> {
	readonly builds: Omit<BuildSettings, 'builder'>;
}

/** Builds the images of the selected services, whether they are there or not. */
export async function buildImages(project: Project, tools: RunTools, options: BuildImagesOptions): Promise<void> {
	const plan = planBuild(project, options);
	if (plan.steps.length === 0) {
		tools.emit({ type: 'warning', message: 'no services to build', hint: 'Give a service a `build` section.' });
		return;
	}
	const builds = { ...options.builds, builder: tools.builder };
	const result = await executePlan(plan, { ...tools, project, projectName: project.name, builds });
	endRun(result, { emit: tools.emit, command: 'labc compose build', project, locate: options.locate });
}
