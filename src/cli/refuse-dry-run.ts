import { LabcError } from '../errors/labc-error.ts';
import type { CommandContext } from './command.ts';

/** A command in a container can't be tried without doing it. */
export function refuseDryRun({ globals }: Pick<CommandContext, 'globals'>, name: string): void {
	if (!globals.dryRun) return;
	throw new LabcError('USAGE_INVALID', `\`labc ${name}\` has no dry run: what a program does can't be foreseen`, {
		hint: 'Look at what would be brought up first with `labc compose plan`.',
	});
}
