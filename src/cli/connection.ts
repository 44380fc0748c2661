import { LabcError } from '../errors/labc-error.ts';
import type { Connection } from '../use-cases/console.ts';
import type { Flags, FlagValues } from './command.ts';
import type { Terminal } from './terminal.ts';

/** How `run` and `exec` connect a program to the caller. */
export const connectionFlags = {
	interactive: {
		type: 'boolean',
		short: 'i',
		summary: 'Pass the input on (the default; `--interactive=false` does not)',
	},
	'no-tty': { type: 'boolean', short: 'T', summary: 'Give the program no terminal (the default where there is none)' },
	'no-TTY': { type: 'boolean', summary: 'Same as --no-tty', hidden: true },
	tty: { type: 'boolean', short: 't', summary: 'Give the program a terminal', hidden: true },
} as const satisfies Flags;

/** A terminal on both sides gives a terminal, unless flags say otherwise. */
export function connectionOf(
	terminal: Pick<Terminal, 'inIsTerminal' | 'outIsTerminal'>,
	values: FlagValues<typeof connectionFlags>,
): Connection {
	const noTty = values['no-tty'] ?? values['no-TTY'];
	if (values.tty !== undefined && noTty !== undefined) {
		throw new LabcError('USAGE_INVALID', '`--tty` and `--no-tty` exclude each other', { hint: 'Give one of the two.' });
	}
	const input = values.interactive ?? true;
	const wanted = values.tty ?? (noTty === undefined ? undefined : !noTty);
	if (wanted === true && input && !terminal.inIsTerminal) {
		throw new LabcError('TERMINAL_UNAVAILABLE', 'the input is not a terminal', {
			hint: 'Leave out `-t`, or pass `-T` to go without a terminal.',
		});
	}
	return { input, tty: wanted ?? (terminal.inIsTerminal && terminal.outIsTerminal) };
}
