import { takeDown } from '../../../use-cases/take-down.ts';
import { defineCommand } from '../../command.ts';
import { downFlags, downOptions } from '../../down-flags.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose down',
	summary: 'Stop and remove containers and networks',
	usage: 'labc compose down [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose down', summary: 'Take the project down; its volumes stay' },
		{ line: 'labc compose down -v', summary: 'Remove its volumes too: their data are lost' },
		{ line: 'labc compose -p lab down', summary: 'Take a project down without its file' },
	],
	flags: downFlags,
	async run(context, values, services) {
		const options = downOptions(values, services, context.env);
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: values.yes ?? false }),
		]);
		await takeDown(target, tools, options);
		return 0;
	},
});
