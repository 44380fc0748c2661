import { listContainers } from '../../../use-cases/list-containers.ts';
import { serviceUrls } from '../../../use-cases/service-urls.ts';
import { defineCommand } from '../../command.ts';
import { containerRows, formatServices, formatUrls, heldGpus } from '../../container-output.ts';
import { formatRows } from '../../listing-format.ts';
import { psFlags, readListing } from '../../ps-flags.ts';
import { tableRoom } from '../../table-room.ts';

export const command = defineCommand({
	name: 'compose ps',
	summary: 'List containers and where their services can be opened',
	usage: 'labc compose ps [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose ps', summary: 'What runs, and where to open it' },
		{ line: 'labc compose ps -a --status exited', summary: 'What has ended' },
		{ line: "labc compose ps --format 'table {{.Name}}\\t{{.Health}}'", summary: 'Other columns' },
		{ line: 'labc compose -p lab-yuki ps', summary: 'A project from anywhere, by its name' },
	],
	flags: psFlags,
	async run(context, values, services) {
		if (values.drift) {
			const { showDrift } = await import('../../show-drift.ts');
			await showDrift(context, services, values.format);
			return 0;
		}
		const { terminal } = context;
		const { request, format, listed } = await readListing(context, values, services);
		const containers = await listContainers(await context.engine(), request, listed);
		if (values.quiet) await terminal.out(containers.map(({ id }) => `${id}\n`).join(''));
		else if (values.services) await terminal.out(formatServices(containers));
		else {
			const rows = containerRows({
				now: context.now() / 1000,
				truncate: values['no-trunc'] !== true,
				showsGpus: containers.some((container) => heldGpus(container).length > 0),
			});
			const text = formatRows(containers, rows, { format, columns: tableRoom(terminal) });
			const urls = format === 'table' ? serviceUrls(containers, await context.engineHost()) : [];
			await terminal.out(`${text}${formatUrls(urls)}`);
		}
		return 0;
	},
});
