import { measureContainers } from '../../../use-cases/measure-containers.ts';
import { defineCommand } from '../../command.ts';
import { formatRows, readRowFormat } from '../../listing-format.ts';
import { atMostOneService } from '../../one-service.ts';
import { inPlace, statsRows } from '../../stats-output.ts';
import { tableRoom } from '../../table-room.ts';
import { targetServices } from '../../target-services.ts';

export const command = defineCommand({
	name: 'compose stats',
	summary: 'Show what the containers take of the machine, until Ctrl-C',
	usage: 'labc compose stats [OPTIONS] [SERVICE]',
	examples: [{ line: 'labc compose stats --no-stream', summary: 'One look' }],
	flags: {
		all: { type: 'boolean', short: 'a', summary: 'Stopped containers and one-offs too' },
		format: {
			type: 'string',
			value: 'FORMAT',
			summary: 'table (the default), json (one object a line), or a Go template',
		},
		'no-stream': { type: 'boolean', summary: 'Look once' },
		'no-trunc': { type: 'boolean', summary: 'Whole ids' },
	},
	async run(context, values, words) {
		const { terminal, signal } = context;
		const format = readRowFormat(values.format, '{{.Name}}');
		const target = await targetServices(context, atMostOneService(words));
		const engine = await context.engine();
		const over = AbortSignal.any([signal, terminal.outClosed]);
		const rows = statsRows({ truncate: values['no-trunc'] !== true });
		const redraws = terminal.outIsTerminal && terminal.colour.out && values['no-stream'] !== true;
		for (let isFirst = true; !over.aborted; isFirst = false) {
			const measured = await measureContainers(engine, { ...target, all: values.all ?? false, signal: over }).catch(
				(error) => (over.aborted ? undefined : Promise.reject(error)),
			);
			if (measured === undefined) break;
			const text = formatRows(measured, rows, { format, columns: tableRoom(terminal) });
			await terminal.out(redraws ? inPlace(text, isFirst) : text);
			if (values['no-stream']) break;
			if (measured.length === 0) await pause(over);
		}
		return 0;
	},
});

/** Nothing to measure takes no time; a second is what the engine takes otherwise. */
const pause = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		const timer = setTimeout(resolve, 1000);
		signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
	});
