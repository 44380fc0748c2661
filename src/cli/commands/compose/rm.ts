import { removeServices } from '../../../use-cases/remove-services.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose rm',
	summary: 'Remove containers that do not run',
	usage: 'labc compose rm [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose rm', summary: 'Remove what has ended, after a question' },
		{ line: 'labc compose rm -sf worker', summary: 'Stop and remove one service without a question' },
	],
	flags: {
		force: { type: 'boolean', short: 'f', summary: 'Ask nothing' },
		stop: { type: 'boolean', short: 's', summary: 'Stop what runs first' },
		volumes: { type: 'boolean', short: 'v', summary: 'Remove anonymous volumes too' },
		all: { type: 'boolean', short: 'a', summary: 'Has no effect; docker compose takes it', hidden: true },
	},
	async run(context, { force, stop, volumes }, services) {
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await removeServices(target, tools, { services, force, stop, volumes });
		return 0;
	},
});
