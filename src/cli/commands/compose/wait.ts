import { LabcError } from '../../../errors/labc-error.ts';
import { awaitAndTakeDown } from '../../../use-cases/await-and-take-down.ts';
import { type AwaitExitsOptions, awaitExits } from '../../../use-cases/await-exits.ts';
import { defineCommand } from '../../command.ts';
import { projectOrName } from '../../project-or-name.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose wait',
	summary: 'Wait until the containers of services have ended, and end with the exit status of the last one',
	usage: 'labc compose wait [OPTIONS] SERVICE...',
	examples: [
		{ line: 'labc compose wait train', summary: 'Go on when the job is done' },
		{ line: 'labc compose wait --down-project train', summary: 'Take the project down when the job is done' },
	],
	flags: {
		'down-project': { type: 'boolean', summary: 'Take the project down afterwards' },
	},
	async run(context, values, services) {
		if (services.length === 0) throw nothingNamed();
		const [target, tools] = await Promise.all([
			projectOrName(context, { services }),
			runTools(context, { yes: false }),
		]);
		const options: AwaitExitsOptions = {
			services,
			onExit: ({ id, exitCode }) => context.terminal.out(`container "${id}" exited with status code ${exitCode}\n`),
		};
		return values['down-project'] ? awaitAndTakeDown(target, tools, options) : awaitExits(target.name, tools, options);
	},
});

const nothingNamed = (): LabcError =>
	new LabcError('USAGE_INVALID', '`wait` needs at least one SERVICE', {
		hint: 'Name the services to wait for, for example `labc compose wait train`.',
	});
