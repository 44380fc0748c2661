import { pauseServices } from '../../../use-cases/pause-services.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose unpause',
	summary: 'Let paused containers go on',
	usage: 'labc compose unpause [SERVICE...]',
	examples: [{ line: 'labc compose unpause', summary: 'Let everything go on' }],
	flags: {},
	async run(context, _values, services) {
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await pauseServices(target, tools, { verb: 'unpause', services });
		return 0;
	},
});
