import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import { requireService, selectServices } from '../plan/select-services.ts';
import type { AttachOptions } from '../use-cases/attach-up.ts';
import type { CommandContext } from './command.ts';
import type { UpValues } from './up-flags.ts';
import { isOn } from './up-options.ts';

/** How an attached `up` shows output, and what ends it. */
export function attachOptions(
	context: CommandContext,
	values: UpValues,
	{ project, services }: { readonly project: Project; readonly services: readonly string[] },
): AttachOptions {
	const { terminal, flushProgress } = context;
	const exitCodeFrom = values['exit-code-from'];
	if (exitCodeFrom !== undefined) requireService(project, exitCodeFrom);
	return {
		services: shownServices(values, { project, services }),
		style: {
			prefix: !(values['no-log-prefix'] ?? false),
			colour: terminal.colour.out && !(values['no-color'] ?? false),
			terminal: terminal.outIsTerminal,
			separateStderr: true,
		},
		timestamps: values.timestamps ?? false,
		sink: terminal,
		outClosed: terminal.outClosed,
		stopOn: values['abort-on-container-failure'] ? 'failure' : values['abort-on-container-exit'] ? 'exit' : undefined,
		exitCodeFrom,
		flushProgress,
	};
}

/** A person who has the menu switched on for all projects gets the containers and a word about it; a pipe has no use for keys. */
export function tellMissingMenu({ env, terminal, emit }: CommandContext, { menu }: Pick<UpValues, 'menu'>): void {
	if (menu === false || !terminal.outIsTerminal || !isOn(env['COMPOSE_MENU'])) return;
	emit({ type: 'warning', message: 'the menu of keys that `COMPOSE_MENU` asks for is not supported yet' });
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
	const noDeps = attach.length > 0 || !(values['attach-dependencies'] ?? false);
	const named = attach.length > 0 ? attach : services;
	const shown = [...selectServices(project, { services: named, noDeps }).keys()].filter(
		(name) => !hidden.includes(name) && (named.length > 0 || project.services.get(name)?.attach !== false),
	);
	if (shown.length > 0) return shown;
	throw new LabcError('USAGE_INVALID', '`--no-attach` and `attach: false` leave no service to show', {
		hint: 'Run `labc compose up -d` to see no output at all.',
	});
}
