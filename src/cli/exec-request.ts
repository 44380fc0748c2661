import type { Variables } from '../options/variables.ts';
import type { ExecRequest } from '../use-cases/exec-in-service.ts';
import type { CommandContext, Flags, FlagValues } from './command.ts';
import { connectionFlags, connectionOf } from './connection.ts';

/** docker compose's flags of `exec`. */
export const execFlags = {
	...connectionFlags,
	detach: { type: 'boolean', short: 'd', summary: 'Leave the command running in the background' },
	env: { type: 'list', short: 'e', summary: 'Set an environment variable', value: 'KEY[=VALUE]' },
	index: { type: 'integer', summary: 'Number of the container, where the service has several', value: 'NUMBER' },
	privileged: { type: 'boolean', summary: 'Give the command extended privileges' },
	user: { type: 'string', short: 'u', summary: 'User to run as', value: 'USER[:GROUP]' },
	workdir: { type: 'string', short: 'w', summary: 'Folder to run in', value: 'PATH' },
} as const satisfies Flags;

export interface ExecTarget {
	readonly projectName: string;
	readonly service: string;
	readonly command: readonly string[];
}

/** Turns the command line of `exec` into what the use-case works with. */
export const execRequest = (
	{ terminal, variables, signal }: Pick<CommandContext, 'terminal' | 'variables' | 'signal'>,
	values: FlagValues<typeof execFlags>,
	target: ExecTarget,
): ExecRequest => ({
	...connectionOf(terminal, values),
	...target,
	index: values.index === 0 ? undefined : values.index,
	detach: values.detach ?? false,
	environment: values.env.map((entry) => withOwnValue(entry, variables)),
	privileged: values.privileged ?? false,
	...(values.user !== undefined && { user: values.user }),
	...(values.workdir !== undefined && { workingDir: values.workdir }),
	signal,
	onDetach: (container) => void terminal.err(`left the command running in ${container}\n`),
});

/** `KEY` alone takes the caller's value; where the caller has none, the engine takes the variable away. */
function withOwnValue(entry: string, variables: Variables): string {
	const value = entry.includes('=') ? undefined : variables.get(entry);
	return value === undefined ? entry : `${entry}=${value}`;
}
