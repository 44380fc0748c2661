import { tellEvents } from '../../../use-cases/tell-events.ts';
import { defineCommand } from '../../command.ts';
import { formatEventJson, formatEventLine } from '../../event-output.ts';
import { eventRange } from '../../log-flags.ts';
import { requireDeclared, targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose events',
	summary: 'Show what happens to the containers, until Ctrl-C',
	usage: 'labc compose events [OPTIONS] [SERVICE...]',
	examples: [{ line: 'labc compose events --json', summary: 'One object a line, for programs' }],
	flags: {
		json: { type: 'boolean', summary: 'Print one JSON object a line' },
		since: { type: 'string', value: 'TIME', summary: 'Also what happened since a time, or for a duration: 42m' },
		until: { type: 'string', value: 'TIME', summary: 'Only up to a time' },
	},
	async run(context, values, services) {
		const { terminal, signal } = context;
		const range = eventRange(values, context.now());
		const { name, project } = await targetProject(context);
		for (const service of services) requireDeclared(service, project);
		const format = values.json ? formatEventJson : formatEventLine;
		await tellEvents(await context.engine(), {
			projectName: name,
			services,
			range,
			signal: AbortSignal.any([signal, terminal.outClosed]),
			tell: (event) => terminal.out(`${format(event)}\n`),
		});
		return signal.aborted ? 130 : 0;
	},
});
