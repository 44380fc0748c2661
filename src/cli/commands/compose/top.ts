import { listProcesses } from '../../../use-cases/list-processes.ts';
import { defineCommand } from '../../command.ts';
import { formatProcessTable } from '../../process-output.ts';
import { tableRoom } from '../../table-room.ts';
import { targetServices } from '../../target-services.ts';

export const command = defineCommand({
	name: 'compose top',
	summary: 'List what runs inside the containers',
	usage: 'labc compose top [SERVICE...]',
	examples: [{ line: 'labc compose top ml-app', summary: 'The processes of one service' }],
	flags: {},
	async run(context, _values, services) {
		const { terminal } = context;
		const processes = await listProcesses(await context.engine(), await targetServices(context, services));
		await terminal.out(formatProcessTable(processes, tableRoom(terminal)));
		return 0;
	},
});
