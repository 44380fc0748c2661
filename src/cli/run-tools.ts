import type { RunTools } from '../use-cases/run-tools.ts';
import type { CommandContext } from './command.ts';
import { confirm } from './confirm.ts';
import { digestSources } from './digest-sources.ts';
import { gpuTools } from './gpu-tools.ts';

/** A command's context as the use-cases that change something take it. `yes` answers every question. */
export async function runTools(context: CommandContext, options: { readonly yes: boolean }): Promise<RunTools> {
	const { builder, emit, signal, forceSignal, globals } = context;
	const engine = await context.engine();
	let locks: RunTools['withLock'] | undefined;
	return {
		engine,
		builder,
		programs: context.programs,
		contents: {
			variables: () => context.variables,
			registryLogins: context.registryLogins,
			fileExists: async (path) => (await import('node:fs')).existsSync(path),
			now: context.now,
		},
		digests: digestSources(context),
		gpus: gpuTools(context),
		emit,
		commandLine: context.nextSteps.again,
		signal,
		forceSignal,
		parallel: globals.parallel,
		show: globals.dryRun
			? async (plan, nothing) => (await import('./show-plan.ts')).showPlan(plan, context, { nothing })
			: undefined,
		withLock: async (name, work, options) => {
			const { locksOn } = await import('../lock/hold-lock.ts');
			locks ??= locksOn({ engine, emit, signal, waits: !globals.noWait, breaksUnknown: globals.breakLock });
			return locks(name, work, options);
		},
		hasPerson: () => context.terminal.inIsTerminal && context.terminal.errIsTerminal,
		async confirm(question) {
			if (options.yes) return true;
			await context.flushProgress();
			return confirm(context.terminal, question, signal);
		},
	};
}
