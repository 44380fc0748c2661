import type { Project } from '../model/project.ts';
import type { SavedPlan } from '../plan/saved-plan.ts';
import type { BringUpOptions } from '../use-cases/bring-up-options.ts';
import type { RunTools } from '../use-cases/run-tools.ts';
import type { CommandContext } from './command.ts';
import type { UpValues } from './up-flags.ts';

/** What `--plan` names; undefined without it, and then nothing of this is loaded. */
export async function savedPlan(
	context: CommandContext,
	values: UpValues,
	services: readonly string[],
): Promise<SavedPlan | undefined> {
	if (values.plan === undefined) return undefined;
	const { readPlanFile, refuseBesidePlan } = await import('./plan-file.ts');
	refuseBesidePlan(values, services);
	return readPlanFile(context, values.plan);
}

export async function following(project: Project, saved: SavedPlan, tools: RunTools): Promise<BringUpOptions> {
	const { followPlan } = await import('../use-cases/save-plan.ts');
	return followPlan(project, saved, tools);
}
