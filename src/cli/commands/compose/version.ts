import { composeVersion } from '../../../state/labels.ts';
import { defineCommand } from '../../command.ts';
import { formatVersion, labcVersion, versionFlags } from '../../version-output.ts';

export const command = defineCommand({
	name: 'compose version',
	summary: 'Show the version of labc and of the docker compose it behaves like',
	usage: 'labc compose version [OPTIONS]',
	examples: [{ line: 'labc compose version --short', summary: 'Only the number, for scripts' }],
	flags: versionFlags,
	takesNoArguments: true,
	standalone: true,
	async run({ terminal }, values) {
		const line = `labc version ${labcVersion}, compatible with Docker Compose version v${composeVersion}`;
		await terminal.out(formatVersion(line, labcVersion, values));
		return 0;
	},
});
