import { listGpus } from '../../use-cases/list-gpus.ts';
import { defineCommand } from '../command.ts';
import { gpuRows, nothingToList } from '../gpu-output.ts';
import { busyBytes, lookAtGpus, queueFor } from '../gpu-tools.ts';
import { formatRows, readListFormat } from '../listing-format.ts';
import { tableRoom } from '../table-room.ts';

export const command = defineCommand({
	name: 'gpu',
	summary: 'List the GPUs of the engine and who has them',
	usage: 'labc gpu [OPTIONS]',
	examples: [
		{ line: 'labc gpu', summary: 'Which are free, and who has the others since when' },
		{ line: 'LABC_GPU_BUSY_MIB=100 labc gpu', summary: 'Count processes of the host from 100 MiB, not 500' },
		{ line: 'labc gpu --format json', summary: 'One object a line, for scripts' },
	],
	flags: { format: { type: 'string', value: 'FORMAT', summary: 'How to list them: table or json' } },
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const format = readListFormat(values.format);
		const queue = () => queueFor(context);
		const tools = { look: () => lookAtGpus(context), busyBytes: busyBytes(context.env), queue };
		const gpus = await listGpus(await context.engine(), tools);
		if (typeof gpus === 'string') {
			await context.terminal.err(`${nothingToList[gpus]}\n`);
			return 0;
		}
		const { terminal } = context;
		await terminal.out(formatRows(gpus, gpuRows(context.now() / 1000), { format, columns: tableRoom(terminal) }));
		return 0;
	},
});
