import { listContainers } from '../../../use-cases/list-containers.ts';
import { serviceUrls } from '../../../use-cases/service-urls.ts';
import { defineCommand } from '../../command.ts';
import { formatContainerLines, formatContainerTable, formatUrls } from '../../container-output.ts';
import { psFlags, readListing } from '../../ps-flags.ts';

export const command = defineCommand({
	name: 'compose ps',
	summary: 'List containers and where their services can be opened',
	usage: 'labc compose ps [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose ps', summary: 'What runs, and where to open it' },
		{ line: 'labc compose ps -a --status exited', summary: 'What has ended' },
		{ line: 'labc compose -p lab-yuki ps', summary: 'A project from anywhere, by its name' },
	],
	flags: psFlags,
	async run(context, values, services) {
		const { terminal } = context;
		const { request, format } = await readListing(context, values, services);
		const containers = await listContainers(await context.engine(), request);
		if (values.quiet) await terminal.out(containers.map(({ id }) => `${id}\n`).join(''));
		else if (values.services) {
			const names = new Set(containers.map(({ service }) => `${service}\n`));
			await terminal.out([...names].join(''));
		} else {
			const options = {
				now: context.now() / 1000,
				truncate: values['no-trunc'] !== true,
				columns: terminal.outIsTerminal ? terminal.size().columns : undefined,
			};
			const urls = serviceUrls(containers, await context.engineHost());
			await terminal.out(
				format === 'json'
					? formatContainerLines(containers, options)
					: `${formatContainerTable(containers, options)}${formatUrls(urls)}`,
			);
		}
		return 0;
	},
});
