import { defineCommand } from '../command.ts';
import { formatVersion, labcVersion, versionFlags } from '../version-output.ts';

export const command = defineCommand({
	name: 'version',
	summary: 'Show the version of labc',
	usage: 'labc version [OPTIONS]',
	examples: [{ line: 'labc version --short', summary: 'Only the number, for scripts' }],
	flags: versionFlags,
	takesNoArguments: true,
	standalone: true,
	async run({ terminal }, values) {
		await terminal.out(formatVersion(`labc version ${labcVersion}`, labcVersion, values));
		return 0;
	},
});
