import path from 'node:path';
import { LabcError } from '../../../errors/labc-error.ts';
import { defineCommand } from '../../command.ts';
import { configFlags, unsupportedConfigFlags } from '../../config-flags.ts';
import { configOutput } from '../../config-output.ts';
import { refuseUnsupported } from '../../refuse-unsupported.ts';

export const command = defineCommand({
	name: 'compose config',
	summary: 'Check the Compose files and print the project they make',
	usage: 'labc compose config [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose config', summary: 'The project with all files merged and all defaults spelled out' },
		{ line: 'labc compose config -q', summary: 'Only check the files' },
		{ line: 'labc compose config --format json jupyter', summary: 'One service and what it needs, as JSON' },
	],
	flags: configFlags,
	async run(context, values, services) {
		refuseUnsupported<typeof configFlags>(values, unsupportedConfigFlags);
		if (context.globals.compatibility) throw noCompatibility();
		const loaded = await context.loadProject({ services });
		if (values.quiet === true) return 0;
		const output = await configOutput(loaded, values);
		await context.flushProgress();
		if (values.output === undefined) await context.terminal.out(output);
		else {
			const { writeFile } = await import('node:fs/promises');
			await writeFile(path.resolve(context.cwd, values.output), output);
		}
		return 0;
	},
});

/** There it also leaves networks and names unsaid, which would be another project than `up` makes. */
const noCompatibility = (): LabcError =>
	new LabcError('USAGE_INVALID', '`config` does not support `--compatibility` yet', {
		hint: 'Use `labc compose config` without it.',
	});
