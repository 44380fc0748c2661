import { planPause } from '../../../plan/plan-pause.ts';
import { changeContainers } from '../../../use-cases/change-containers.ts';
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
		await changeContainers(target, tools, {
			command: 'labc compose pause',
			plan: (known) => planPause(known.services, known.containers, { services }),
		});
		return 0;
	},
});
