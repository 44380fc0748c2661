import { type ExecuteOptions, executePlan } from '../execute/execute-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { endRun, type RunEnd } from './end-run.ts';
import type { RunTools } from './run-tools.ts';
import { tellWarnings } from './tell-warnings.ts';

export type Application = Pick<
	ExecuteOptions,
	'projectName' | 'project' | 'builds' | 'waitTimeoutSeconds' | 'keepsWhatIsInUse'
> &
	Pick<RunEnd, 'command' | 'locate'> & {
		/** What is said where the plan has no step; by default nothing is. */
		readonly nothingToDo?: { readonly message: string; readonly hint?: string };
	};

/**
 * From a plan to its execution, for every command that changes something in one go. A command that ends here has
 * `--dry-run` for nothing: the plan, made from reads only, is then shown in place of being carried out.
 */
export async function applyPlan(
	makePlan: () => Plan | Promise<Plan>,
	tools: RunTools,
	{ command, locate, nothingToDo, ...options }: Application,
): Promise<void> {
	const plan = await makePlan();
	if (tools.show !== undefined) return tools.show(plan);
	tellWarnings(plan.warnings, tools.emit);
	if (plan.steps.length === 0) {
		if (nothingToDo !== undefined) tools.emit({ type: 'warning', ...nothingToDo });
		return;
	}
	const result = await executePlan(plan, { ...tools, ...options });
	endRun(result, { emit: tools.emit, command, project: options.project, locate });
}
