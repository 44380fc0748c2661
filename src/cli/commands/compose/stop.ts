import { planStop } from '../../../plan/plan-stop.ts';
import { changeContainers } from '../../../use-cases/change-containers.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';
import { timeoutFlag } from '../../timeout-flag.ts';

export const command = defineCommand({
	name: 'compose stop',
	summary: 'Stop containers and leave them there',
	usage: 'labc compose stop [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose stop', summary: 'Stop everything, dependents first' },
		{ line: 'labc compose stop -t 60 db', summary: 'Give one service a minute to end' },
	],
	flags: { timeout: timeoutFlag },
	async run(context, { timeout }, services) {
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await changeContainers(target, tools, {
			plan: (known) => planStop(known.services, known.containers, { services, stopTimeoutSeconds: timeout }),
		});
		return 0;
	},
});
