import { defineCommand } from '../../command.ts';
import { gpuQueueRows } from '../../gpu-queue-output.ts';
import { queueFor } from '../../gpu-tools.ts';
import { formatRows, readListFormat } from '../../listing-format.ts';
import { tableRoom } from '../../table-room.ts';

export const command = defineCommand({
	name: 'gpu queue',
	summary: 'List who waits for GPUs of the engine, the first one first',
	usage: 'labc gpu queue [OPTIONS]',
	examples: [
		{ line: 'labc gpu queue', summary: 'Who waits for what since when' },
		{ line: 'labc gpu queue --format json', summary: 'One object a line, for scripts' },
	],
	flags: { format: { type: 'string', value: 'FORMAT', summary: 'How to list them: table or json' } },
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const format = readListFormat(values.format);
		const { terminal } = context;
		const queue = await queueFor(context);
		const tickets = await queue.list();
		if (tickets.length === 0 && format === 'table') {
			await terminal.err('nobody waits for GPUs of this engine\n');
			return 0;
		}
		await terminal.out(
			formatRows(tickets, gpuQueueRows(context.now() / 1000), { format, columns: tableRoom(terminal) }),
		);
		return 0;
	},
});
