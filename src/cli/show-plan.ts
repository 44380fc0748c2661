import { formatPlan, planToJson } from '../plan/format-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import { type Colours, createColours } from '../render/colours.ts';
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
	const text = plan.steps.length === 0 ? 'No change: everything is as declared' : planText(plan, context);
	await context.terminal.out(`${text}\n`);
}

function planText(plan: Plan, { terminal }: CommandContext): string {
	const colours = createColours(terminal.colour.out);
	const lines = formatPlan(plan)
		.split('\n')
		.map((line) => coloured(line, colours));
	return [...lines, colours.bold(summarisePlan(plan))].join('\n');
}

/** `3 container.create lab-web-1 after 1: reason`: the verb stands out by what it does, the reason steps back. */
function coloured(line: string, colours: Colours): string {
	const [, head, verb, subject, reason = ''] = /^(\d+ )([a-z]+\.[a-z]+)( .*?)(: .*|:)?$/.exec(line) ?? [];
	if (head === undefined || verb === undefined || subject === undefined) return colours.dim(line);
	return `${head}${colours[colourOf(verb, subject)](verb)}${subject}${colours.dim(reason)}`;
}

const colourOf = (verb: string, subject: string): 'red' | 'yellow' | 'green' | 'cyan' =>
	subject.includes('(destroys data)')
		? 'red'
		: verb.endsWith('.remove') || verb.endsWith('.stop')
			? 'yellow'
			: verb.endsWith('.create')
				? 'green'
				: 'cyan';
