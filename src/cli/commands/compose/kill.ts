import { planKill } from '../../../plan/plan-kill.ts';
import { changeContainers } from '../../../use-cases/change-containers.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';
import { isOn } from '../../up-options.ts';

export const command = defineCommand({
	name: 'compose kill',
	summary: 'End containers at once, or send them a signal',
	usage: 'labc compose kill [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose kill', summary: 'End everything at once' },
		{ line: 'labc compose kill -s SIGHUP web', summary: 'Have one service read its configuration again' },
	],
	flags: {
		signal: { type: 'string', short: 's', value: 'SIGNAL', summary: 'Signal to send instead of SIGKILL' },
		'remove-orphans': { type: 'boolean', summary: 'Kill containers too whose service the file does not name' },
	},
	async run(context, { signal, ...values }, services) {
		const orphans = values['remove-orphans'] ?? isOn(context.env['COMPOSE_REMOVE_ORPHANS']);
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		await changeContainers(target, tools, {
			nothingToDo: { message: 'no container to kill' },
			plan: (known) => planKill(known.services, known.containers, { services, signal, orphans }),
		});
		return 0;
	},
});
