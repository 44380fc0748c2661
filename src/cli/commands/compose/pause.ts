import { pauseServices } from '../../../use-cases/pause-services.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose pause',
	summary: 'Freeze the processes of containers',
	usage: 'labc compose pause [SERVICE...]',
	examples: [{ line: 'labc compose pause', summary: 'Freeze everything until `unpause`' }],
	flags: {},
	async run(context, _values, services) {
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await pauseServices(target, tools, { verb: 'pause', services });
		return 0;
	},
});
