import type { FollowLogsRequest } from '../../../use-cases/follow-logs-request.ts';
import { defineCommand } from '../../command.ts';
import { logRange, logSelection } from '../../log-flags.ts';
import { targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose logs',
	summary: 'Show what the containers print',
	usage: 'labc compose logs [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose logs -f jupyter', summary: 'Follow one service' },
		{ line: 'labc compose logs --tail 100 --since 10m', summary: 'The last lines of the last ten minutes' },
	],
	flags: {
		follow: { type: 'boolean', short: 'f', summary: 'Go on with what is printed from now on' },
		index: { type: 'integer', summary: 'Number of the container, where the service has several', value: 'NUMBER' },
		'no-color': { type: 'boolean', summary: 'Print no colours' },
		'no-log-prefix': { type: 'boolean', summary: 'Print no names before the lines' },
		since: {
			type: 'string',
			summary: 'Only lines after a time, or of a duration: 2026-01-02T13:23:37Z, 42m',
			value: 'TIME',
		},
		tail: { type: 'string', short: 'n', summary: 'Number of lines from the end, or all (the default)', value: 'LINES' },
		timestamps: { type: 'boolean', short: 't', summary: 'Print the time of each line' },
		until: { type: 'string', summary: 'Only lines before a time, or older than a duration', value: 'TIME' },
	},
	async run(context, values, services) {
		const { terminal } = context;
		const target = await targetProject(context);
		const request: FollowLogsRequest = {
			selection: logSelection(target, services, values.index),
			range: logRange(values, context.now()),
			style: {
				prefix: values['no-log-prefix'] !== true,
				colour: terminal.colour.out && values['no-color'] !== true,
				terminal: terminal.outIsTerminal,
				separateStderr: false,
			},
			sink: terminal,
			signal: AbortSignal.any([context.signal, terminal.outClosed]),
			history: 'all',
			lingerMs: restartMs,
		};
		const engine = await context.engine();
		if (values.follow) {
			const { followLogs } = await import('../../../use-cases/follow-logs.ts');
			await followLogs(engine, request);
		} else {
			const { printLogs } = await import('../../../use-cases/print-logs.ts');
			await printLogs(engine, request);
		}
		return context.signal.aborted ? 130 : 0;
	},
});

/** As long as `restart` lets the last container be gone. */
const restartMs = 500;
