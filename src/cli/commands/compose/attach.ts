import { LabcError } from '../../../errors/labc-error.ts';
import { attachToService } from '../../../use-cases/attach-to-service.ts';
import { parseDetachKeys } from '../../../use-cases/detach-keys.ts';
import { findContainer } from '../../../use-cases/pick-container.ts';
import { defineCommand } from '../../command.ts';
import { consoleOf } from '../../console.ts';
import { requireDeclared, targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose attach',
	summary: "Connect to the program of a service's running container",
	usage: 'labc compose attach [OPTIONS] SERVICE',
	examples: [{ line: 'labc compose attach --sig-proxy=false ml-app', summary: 'Ctrl-C leaves it running' }],
	flags: {
		'detach-keys': { type: 'string', value: 'KEYS', summary: 'Keys that leave it running: ctrl-p,ctrl-q' },
		index: { type: 'integer', summary: 'Number of the container, where the service has several', value: 'NUMBER' },
		'no-stdin': { type: 'boolean', summary: 'Look only' },
		'sig-proxy': { type: 'boolean', summary: 'Pass signals on to the program (the default)' },
	},
	async run(context, values, [service, ...surplus]) {
		if (service === undefined || surplus.length > 0) {
			throw new LabcError('USAGE_INVALID', 'one service is needed', { hint: 'Write `labc compose attach SERVICE`.' });
		}
		const { terminal, signal, forceSignal } = context;
		const detachKeys = readKeys(values['detach-keys']);
		const { name: projectName, project } = await targetProject(context);
		requireDeclared(service, project);
		const wanted = { projectName, service, index: values.index === 0 ? undefined : values.index };
		const engine = await context.engine();
		if (context.globals.dryRun) {
			await terminal.out(`1 attach to ${(await findContainer(engine, wanted)).name}\n`);
			return 0;
		}
		return attachToService(
			engine,
			{
				...wanted,
				input: values['no-stdin'] !== true,
				inputIsTerminal: terminal.inIsTerminal,
				passSignals: values['sig-proxy'] ?? true,
				detachKeys,
				signal,
				forceSignal,
				onDetach: (container) => void terminal.err(`left ${container} running\n`),
			},
			consoleOf(terminal),
		);
	},
});

function readKeys(text: string | undefined): Uint8Array | undefined {
	if (text === undefined || text === '') return undefined;
	const keys = parseDetachKeys(text);
	if (keys !== undefined) return keys;
	throw new LabcError('USAGE_INVALID', `\`--detach-keys ${text}\` are no keys`, {
		hint: 'Write them like `ctrl-p,ctrl-q`, or as single characters.',
	});
}
