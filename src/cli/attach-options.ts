import type { Project } from '../model/project.ts';
import { requireService } from '../plan/select-services.ts';
import type { AttachOptions } from '../use-cases/attach-up.ts';
import type { CommandContext } from './command.ts';
import type { UpValues } from './up-flags.ts';

/** How an attached `up` shows output, and what ends it. */
export function attachOptions(
	context: CommandContext,
	values: UpValues,
	{ project, services }: { readonly project: Project; readonly services: readonly string[] },
): AttachOptions {
	const { terminal, flushProgress } = context;
	const exitCodeFrom = values['exit-code-from'];
	if (exitCodeFrom !== undefined) requireService(project, exitCodeFrom);
	for (const name of values.attach) requireService(project, name);
	return {
		services: values.attach.length > 0 ? values.attach : services,
		style: {
			prefix: !(values['no-log-prefix'] ?? false),
			colour: terminal.colour.out && !(values['no-color'] ?? false),
			terminal: terminal.outIsTerminal,
			separateStderr: true,
		},
		timestamps: values.timestamps ?? false,
		sink: terminal,
		stopOn: values['abort-on-container-failure'] ? 'failure' : values['abort-on-container-exit'] ? 'exit' : undefined,
		exitCodeFrom,
		flushProgress,
	};
}
