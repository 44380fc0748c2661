import { LabcError } from '../../../errors/labc-error.ts';
import { execInService } from '../../../use-cases/exec-in-service.ts';
import { defineCommand } from '../../command.ts';
import { connectionFlags, connectionOf } from '../../connection.ts';
import { consoleOf } from '../../console.ts';
import { refuseDryRun } from '../../refuse-dry-run.ts';
import { targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose exec',
	summary: "Run a command in a service's running container",
	usage: 'labc compose exec [OPTIONS] SERVICE COMMAND [ARGS...]',
	examples: [
		{ line: 'labc compose exec jupyter bash', summary: 'Open a shell; ctrl-p ctrl-q leaves it running' },
		{ line: 'labc compose exec -T jupyter cat /etc/hosts > hosts', summary: 'Without a terminal, for pipes' },
	],
	flags: {
		...connectionFlags,
		detach: { type: 'boolean', short: 'd', summary: 'Leave the command running in the background' },
		env: { type: 'list', short: 'e', summary: 'Set an environment variable', value: 'KEY[=VALUE]' },
		index: { type: 'integer', summary: 'Number of the container, where the service has several', value: 'NUMBER' },
		privileged: { type: 'boolean', summary: 'Give the command extended privileges' },
		user: { type: 'string', short: 'u', summary: 'User to run as', value: 'USER[:GROUP]' },
		workdir: { type: 'string', short: 'w', summary: 'Folder to run in', value: 'PATH' },
	},
	flagsEndAtFirstArgument: true,
	async run(context, values, [service, ...words]) {
		if (service === undefined || words.length === 0) {
			throw new LabcError('USAGE_INVALID', 'a service and a command are needed', {
				hint: 'Write `labc compose exec SERVICE COMMAND`.',
			});
		}
		refuseDryRun(context, 'compose exec');
		const { name } = await targetProject(context);
		const request = {
			...connectionOf(context.terminal, values),
			projectName: name,
			service,
			command: words,
			index: values.index === 0 ? undefined : values.index,
			detach: values.detach ?? false,
			environment: values.env.flatMap((entry) => withOwnValue(entry, context.env)),
			privileged: values.privileged ?? false,
			...(values.user !== undefined && { user: values.user }),
			...(values.workdir !== undefined && { workingDir: values.workdir }),
			signal: context.signal,
			onDetach: (container: string) => void context.terminal.err(`left the command running in ${container}\n`),
		};
		return execInService(await context.engine(), request, consoleOf(context.terminal));
	},
});

/** `KEY` alone takes the caller's value; one that the caller does not have is not set. */
function withOwnValue(entry: string, env: Readonly<Record<string, string | undefined>>): readonly string[] {
	if (entry.includes('=')) return [entry];
	const value = env[entry];
	return value === undefined ? [] : [`${entry}=${value}`];
}
