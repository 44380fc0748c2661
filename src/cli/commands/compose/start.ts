import { startServices } from '../../../use-cases/start-services.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';
import { upFlags } from '../../up-flags.ts';
import { waitOptions } from '../../wait-options.ts';

export const command = defineCommand({
	name: 'compose start',
	summary: 'Start containers that are there and do not run',
	usage: 'labc compose start [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose start', summary: 'Start everything again after a stop' },
		{
			line: 'labc compose start --wait web',
			summary: 'Start one service, what it depends on first, until it is healthy',
		},
	],
	flags: { wait: upFlags.wait, 'wait-timeout': upFlags['wait-timeout'] },
	async run(context, values, services) {
		const options = { services, ...waitOptions(values) };
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await startServices(target, tools, options);
		return 0;
	},
});
