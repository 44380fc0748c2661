import { listProjects } from '../../../use-cases/list-projects.ts';
import { defineCommand } from '../../command.ts';
import { readListFormat } from '../../listing-format.ts';
import { formatProjectJson, formatProjectTable, readNameFilter } from '../../project-output.ts';
import { tableRoom } from '../../table-room.ts';

export const command = defineCommand({
	name: 'compose ls',
	summary: 'List the projects of the engine, whoever made them',
	usage: 'labc compose ls [OPTIONS]',
	examples: [
		{ line: 'labc compose ls', summary: 'What runs' },
		{ line: 'labc compose ls -a --filter name=lab', summary: 'Stopped ones too, of a name' },
	],
	flags: {
		all: { type: 'boolean', short: 'a', summary: 'Stopped projects too' },
		filter: { type: 'list', value: 'name=PATTERN', summary: 'Only projects of such a name' },
		format: { type: 'string', value: 'FORMAT', summary: 'table (the default) or json' },
		quiet: { type: 'boolean', short: 'q', summary: 'Only the names' },
	},
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const { terminal } = context;
		const format = readListFormat(values.format);
		const names = values.filter.map(readNameFilter);
		const projects = await listProjects(await context.engine(), { all: values.all ?? false, names });
		if (values.quiet) await terminal.out(projects.map(({ name }) => `${name}\n`).join(''));
		else if (format === 'json') await terminal.out(formatProjectJson(projects));
		else await terminal.out(formatProjectTable(projects, tableRoom(terminal)));
		return 0;
	},
});
