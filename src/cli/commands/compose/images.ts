import { listImages } from '../../../use-cases/list-images.ts';
import { defineCommand } from '../../command.ts';
import { formatImageIds, formatImageJson, formatImageTable } from '../../image-output.ts';
import { readListFormat } from '../../listing-format.ts';
import { tableRoom } from '../../table-room.ts';
import { targetServices } from '../../target-services.ts';

export const command = defineCommand({
	name: 'compose images',
	summary: 'List the images that the containers were made from',
	usage: 'labc compose images [OPTIONS] [SERVICE...]',
	examples: [{ line: 'labc compose images', summary: 'Which image each container has, and how large it is' }],
	flags: {
		format: { type: 'string', value: 'FORMAT', summary: 'table (the default) or json' },
		quiet: { type: 'boolean', short: 'q', summary: 'Only the ids' },
	},
	async run(context, values, services) {
		const { terminal } = context;
		const format = readListFormat(values.format);
		const images = await listImages(await context.engine(), await targetServices(context, services));
		if (values.quiet) await terminal.out(formatImageIds(images));
		else if (format === 'json') await terminal.out(formatImageJson(images));
		else await terminal.out(formatImageTable(images, { nowMs: context.now(), columns: tableRoom(terminal) }));
		return 0;
	},
});
