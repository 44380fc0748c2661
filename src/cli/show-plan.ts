import { planToJson } from '../plan/format-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { createColours } from '../render/colours.ts';
import { planText } from '../render/plan-text.ts';
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
	const { terminal } = context;
	const options = {
		colours: createColours(terminal.colour.out),
		columns: terminal.outIsTerminal ? terminal.size().columns : undefined,
	};
	await terminal.out(`${planText(plan, options)}\n`);
}
