import { formatPlan, planToJson } from '../plan/format-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { tellWarnings } from '../use-cases/tell-warnings.ts';
import type { CommandContext } from './command.ts';

export type PlanFormat = 'text' | 'json';

/** Prints the plan that would run, its steps and their reasons. What is worth a warning goes beside it. */
export async function showPlan(plan: Plan, context: CommandContext, format: PlanFormat = 'text'): Promise<void> {
	if (format === 'json') {
		await context.terminal.out(`${JSON.stringify(planToJson(plan), undefined, 2)}\n`);
		return;
	}
	tellWarnings(plan.warnings, context.emit);
	await context.flushProgress();
	const text = plan.steps.length === 0 ? 'No change: everything is as declared' : formatPlan(plan);
	await context.terminal.out(`${text}\n`);
}
