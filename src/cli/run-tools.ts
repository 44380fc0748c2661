import type { RunTools } from '../use-cases/run-tools.ts';
import type { CommandContext } from './command.ts';
import { confirm } from './confirm.ts';

/** A command's context as the use-cases that change something take it. `yes` answers every question. With `--dry-run` plans are shown. */
export async function runTools(context: CommandContext, options: { readonly yes: boolean }): Promise<RunTools> {
	const { builder, emit, signal, forceSignal, globals } = context;
	return {
		engine: await context.engine(),
		builder,
		emit,
		signal,
		forceSignal,
		parallel: globals.parallel,
		show: globals.dryRun ? async (plan) => (await import('./show-plan.ts')).showPlan(plan, context) : undefined,
		async confirm(question) {
			if (options.yes) return true;
			await context.flushProgress();
			return confirm(context.terminal, question, signal);
		},
	};
}
