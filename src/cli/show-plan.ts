import { planToJson } from '../plan/format-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { createColours } from '../render/colours.ts';
import { planText } from '../render/plan-text.ts';
import { tellWarnings } from '../use-cases/tell-warnings.ts';
import type { CommandContext } from './command.ts';

export type PlanFormat = 'text' | 'json';

interface PlanShape {
	readonly format?: PlanFormat;
	/** Every step by its number, instead of a line a resource. */
	readonly steps?: boolean | undefined;
	readonly nothing?: string | undefined;
}

/** Prints the plan that would run, what becomes of each resource and why. What is worth a warning goes beside it. */
export async function showPlan(
	plan: Plan,
	context: CommandContext,
	{ format = 'text', steps = false, nothing }: PlanShape = {},
): Promise<void> {
	if (format === 'json') {
		await context.terminal.out(`${JSON.stringify(planToJson(plan), undefined, 2)}\n`);
		return;
	}
	tellWarnings(plan.warnings, context.emit);
	await context.flushProgress();
	const { terminal } = context;
	const options = {
		colours: createColours(terminal.colour.out),
		steps,
		nothing,
		columns: terminal.outIsTerminal ? terminal.size().columns : undefined,
	};
	await terminal.out(`${planText(plan, options)}\n`);
}
