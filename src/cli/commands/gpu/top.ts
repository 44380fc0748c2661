import { defineCommand } from '../../command.ts';
import { nothingToList } from '../../gpu-output.ts';
import { lookAtTop, showTopLive } from '../../gpu-top.ts';
import { formatTop, topFields } from '../../gpu-top-output.ts';
import { readListFormat } from '../../listing-format.ts';
import { tableRoom } from '../../table-room.ts';

export const command = defineCommand({
	name: 'gpu top',
	summary: 'Watch what the GPUs do and who has them, until `q` or Ctrl-C',
	usage: 'labc gpu top [OPTIONS]',
	examples: [
		{ line: 'labc gpu top', summary: 'A picture that changes in place' },
		{ line: 'labc gpu top --no-stream', summary: 'One look, as a table' },
	],
	flags: {
		format: { type: 'string', value: 'FORMAT', summary: 'table (the default) or json, which is one look' },
		'no-stream': { type: 'boolean', summary: 'Look once, as where the output is no terminal' },
	},
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const { terminal, env } = context;
		const format = readListFormat(values.format);
		const first = await lookAtTop(context, new Map());
		if (typeof first === 'string') {
			await terminal.err(`${nothingToList[first]}\n`);
			return 0;
		}
		if (format === 'json') {
			const { fields } = topFields(first);
			await terminal.out(first.gpus.map((gpu) => `${JSON.stringify(fields(gpu))}\n`).join(''));
		} else if (values['no-stream'] || !terminal.outIsTerminal || env['TERM'] === 'dumb') {
			await terminal.out(formatTop(first, tableRoom(terminal)));
		} else {
			await showTopLive(context, first);
		}
		return 0;
	},
});
