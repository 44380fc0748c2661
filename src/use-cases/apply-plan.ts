import { type ExecuteOptions, executePlan } from '../execute/execute-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { endRun, type RunEnd } from './end-run.ts';
import type { RunTools } from './run-tools.ts';
import { tellWarnings } from './tell-warnings.ts';
import { withProjectLock } from './with-project-lock.ts';

export type Application = Pick<
	ExecuteOptions,
	'projectName' | 'project' | 'builds' | 'waitTimeoutSeconds' | 'keepsWhatIsInUse' | 'ignoresImageFailures'
> &
	Pick<RunEnd, 'locate'> & {
		/** The containers that the last plan was made from. */
		readonly before?: () => RunEnd['before'];
		/** Runs `work`, the carrying out of the plan, with what else it needs for that. */
		readonly around?: (
			plan: Plan,
			tools: RunTools,
			work: (tools: RunTools, plan: Plan) => Promise<void>,
		) => Promise<void>;
		/** Whether others wait for the end of it: the project's lock is taken. By default they do. */
		readonly locks?: boolean;
		/** What is said where the plan has no step; by default nothing is. */
		readonly nothingToDo?: { readonly message: string; readonly hint?: string };
	};

/**
 * From a plan to its execution, for every command that changes something in one go. A command that ends here has the
 * project's lock and `--dry-run` for nothing: a plan with steps is made again under the lock, since others may have
 * been at work meanwhile; what changes nothing of the project does without. With `--dry-run` the first plan, made from reads only, is shown instead.
 */
export async function applyPlan(
	makePlan: () => Plan | Promise<Plan>,
	tools: RunTools,
	{
		locate,
		before,
		nothingToDo,
		locks = true,
		around = (seen, given, work) => work(given, seen),
		...options
	}: Application,
): Promise<void> {
	const seen = await makePlan();
	if (tools.show !== undefined) return tools.show(seen, 'Nothing to do');
	if (seen.steps.length === 0) {
		tellWarnings(seen.warnings, tools.emit);
		if (nothingToDo !== undefined) tools.emit({ type: 'warning', ...nothingToDo });
		return;
	}
	const carryOut = async (plan: Plan, used: RunTools): Promise<void> => {
		tellWarnings(plan.warnings, tools.emit);
		await around(plan, used, async (given, settled) => {
			const result = await executePlan(settled, { ...given, ...options });
			endRun(result, {
				emit: tools.emit,
				command: tools.commandLine,
				before: before?.(),
				project: options.project,
				locate,
			});
		});
	};
	if (!locks) return carryOut(seen, tools);
	await withProjectLock(options.projectName, tools, async (locked) => carryOut(await makePlan(), locked));
}
