import { listVolumes } from '../../../use-cases/list-volumes.ts';
import { defineCommand } from '../../command.ts';
import { formatRows, readRowFormat } from '../../listing-format.ts';
import { tableRoom } from '../../table-room.ts';
import { requireDeclared, targetProject } from '../../target-project.ts';
import { rawVolume, volumeRows } from '../../volume-output.ts';

export const command = defineCommand({
	name: 'compose volumes',
	summary: "List the project's volumes",
	usage: 'labc compose volumes [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose volumes jupyter', summary: 'Those that one service uses' },
		{ line: "labc compose volumes --format '{{.Name}} {{.Mountpoint}}'", summary: 'And where they are' },
	],
	flags: {
		format: { type: 'string', value: 'FORMAT', summary: 'table (the default), json, or a Go template' },
		quiet: { type: 'boolean', short: 'q', summary: 'Only the names' },
	},
	async run(context, values, services) {
		const { terminal } = context;
		const format = readRowFormat(values.format, rawVolume);
		const { name, project } = await targetProject(context);
		for (const service of services) requireDeclared(service, project);
		const volumes = await listVolumes(await context.engine(), { projectName: name, services });
		await terminal.out(
			values.quiet
				? volumes.map((volume) => `${volume.name}\n`).join('')
				: formatRows(volumes, volumeRows, { format, columns: tableRoom(terminal) }),
		);
		return 0;
	},
});
