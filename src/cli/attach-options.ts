import type { Project } from '../model/project.ts';
import { requireService, selectServices } from '../plan/select-services.ts';
import type { AttachOptions } from '../use-cases/attach-up.ts';
import type { CommandContext } from './command.ts';
import type { UpValues } from './up-flags.ts';

/** How an attached `up` shows output, and what ends it: the end of those that were named, else of those that are shown. */
export function attachOptions(
	context: CommandContext,
	values: UpValues,
	{ project, services }: { readonly project: Project; readonly services: readonly string[] },
): AttachOptions {
	const { terminal, flushProgress } = context;
	const exitCodeFrom = values['exit-code-from'];
	if (exitCodeFrom !== undefined) requireService(project, exitCodeFrom);
	const shown = shownServices(values, { project, services });
	const followed = new Set([...selected(project, values, services), ...shown]);
	if (exitCodeFrom !== undefined) followed.add(exitCodeFrom);
	const awaited = [services, shown, [...followed]].find(({ length }) => length > 0) ?? [];
	return {
		services: [...followed],
		awaited: new Set(exitCodeFrom === undefined ? awaited : [...awaited, exitCodeFrom]),
		hidden: new Set([...followed].filter((name) => !shown.includes(name))),
		style: {
			prefix: !(values['no-log-prefix'] ?? false),
			colour: terminal.colour.out && !(values['no-color'] ?? false),
			terminal: terminal.outIsTerminal,
			separateStderr: true,
		},
		timestamps: values.timestamps ?? false,
		sink: terminal,
		// What a watch tells goes to the other stream: its reader may be the one who has gone.
		outClosed: values.watch ? AbortSignal.any([terminal.outClosed, terminal.errClosed]) : terminal.outClosed,
		addressed: context.nextSteps.addressed,
		stopOn: values['abort-on-container-failure'] ? 'failure' : values['abort-on-container-exit'] ? 'exit' : undefined,
		exitCodeFrom,
		flushProgress,
	};
}

/**
 * Services whose output is shown: those of `--attach`, else those that were named, else all; never those of `--no-attach`, and those
 * with `attach: false` only by their names.
 */
function shownServices(
	values: Pick<UpValues, 'attach' | 'no-attach' | 'attach-dependencies'>,
	{ project, services }: { readonly project: Project; readonly services: readonly string[] },
): readonly string[] {
	const { attach, 'no-attach': hidden } = values;
	for (const name of [...attach, ...hidden]) requireService(project, name);
	const named = attach.length > 0 ? attach : services;
	const chosen = attach.length > 0 ? attach : selected(project, values, services);
	return chosen.filter(
		(name) => !hidden.includes(name) && (named.length > 0 || project.services.get(name)?.attach !== false),
	);
}

/** What the command is about: the services that were named, else all; what they depend on where that was asked for. */
const selected = (
	project: Project,
	values: Pick<UpValues, 'attach-dependencies'>,
	services: readonly string[],
): readonly string[] => [
	...selectServices(project, { services, noDeps: !(values['attach-dependencies'] ?? false) }).keys(),
];
