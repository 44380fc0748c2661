import { restartServices } from '../../../use-cases/restart-services.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';
import { timeoutFlag } from '../../timeout-flag.ts';

export const command = defineCommand({
	name: 'compose restart',
	summary: 'Restart containers as they are, without a look at what changed in the file',
	usage: 'labc compose restart [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose restart', summary: 'Restart everything' },
		{ line: 'labc compose restart --no-deps db', summary: 'Restart one service and nobody who depends on it' },
	],
	flags: {
		'no-deps': { type: 'boolean', summary: 'Leave services alone that ask to be restarted with the named ones' },
		timeout: timeoutFlag,
	},
	async run(context, values, services) {
		const [target, tools] = await Promise.all([projectOrName(context, {}), runTools(context, { yes: false })]);
		const options = { services, noDeps: values['no-deps'] ?? false, timeoutSeconds: values.timeout };
		await restartServices(target, tools, options);
		return 0;
	},
});
