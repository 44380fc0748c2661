import { LabcError } from '../../../errors/labc-error.ts';
import { execInService } from '../../../use-cases/exec-in-service.ts';
import { findContainer } from '../../../use-cases/pick-container.ts';
import { defineCommand } from '../../command.ts';
import { consoleOf } from '../../console.ts';
import { execFlags, execRequest } from '../../exec-request.ts';
import { requireDeclared, targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose exec',
	summary: "Run a command in a service's running container",
	usage: 'labc compose exec [OPTIONS] SERVICE COMMAND [ARGS...]',
	examples: [
		{ line: 'labc compose exec jupyter bash', summary: 'Open a shell; ctrl-p ctrl-q leaves it running' },
		{ line: 'labc compose exec -T jupyter cat /etc/hosts > hosts', summary: 'Without a terminal, for pipes' },
	],
	flags: execFlags,
	flagsEndAtFirstArgument: true,
	async run(context, values, [service, ...words]) {
		if (service === undefined || words.length === 0) {
			throw new LabcError('USAGE_INVALID', 'a service and a command are needed', {
				hint: 'Write `labc compose exec SERVICE COMMAND`.',
			});
		}
		const { name, project } = await targetProject(context);
		requireDeclared(service, project);
		const request = execRequest(context, values, { projectName: name, service, command: words });
		const engine = await context.engine();
		if (context.globals.dryRun) {
			const container = await findContainer(engine, request);
			await context.terminal.out(`1 exec ${container.name}: ${words.join(' ')}\n`);
			return 0;
		}
		return execInService(engine, request, consoleOf(context.terminal));
	},
});
