import { attributeLocator } from '../../../document/locate-attribute.ts';
import { LabcError } from '../../../errors/labc-error.ts';
import { runService } from '../../../use-cases/run-service.ts';
import { defineCommand } from '../../command.ts';
import { consoleOf } from '../../console.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runFlags } from '../../run-flags.ts';
import { runRequest } from '../../run-request.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose run',
	summary: 'Run one command in a container of its own',
	usage: 'labc compose run [OPTIONS] SERVICE [COMMAND] [ARGS...]',
	examples: [
		{ line: 'labc compose run --rm ml-app', summary: 'Run a job once and keep nothing of its container' },
		{ line: 'labc compose run --rm -e EPOCHS=3 ml-app python train.py', summary: 'With another command and setting' },
		{ line: 'labc compose run -T --rm ml-app sh -c "wc -l" < data.csv', summary: 'Feed it from a file' },
	],
	flags: runFlags,
	flagsEndAtFirstArgument: true,
	async run(context, values, words) {
		const [service] = words;
		if (service === undefined) {
			throw new LabcError('USAGE_INVALID', 'a service is needed', { hint: 'Write `labc compose run SERVICE`.' });
		}
		const { project, environment, tree } = await context.loadProject({ services: [service] });
		const given = await runRequest(context, values, { project, words, environment });
		const request = { ...given, locate: attributeLocator(tree) };
		const tools = await runTools(context, { yes: false });
		if (tools.show !== undefined) {
			const { previewRun } = await import('../../../use-cases/preview-run.ts');
			await tools.show(await previewRun(project, tools, request));
			return 0;
		}
		const emit = quietEmit(tools.emit, {
			all: values.quiet,
			builds: values['quiet-build'],
			pulls: values['quiet-pull'],
		});
		return runService(project, { ...tools, emit }, { request, console: consoleOf(context.terminal) });
	},
});
