import { diagnose } from '../../doctor/diagnose.ts';
import { hasFailure } from '../../doctor/finding.ts';
import { gatherFacts } from '../../doctor/gather.ts';
import { defineCommand } from '../command.ts';
import { findingsAsJson, formatFindings } from '../doctor-output.ts';
import { readListFormat } from '../listing-format.ts';
import { tableRoom } from '../table-room.ts';

export const command = defineCommand({
	name: 'doctor',
	summary: 'Look for what is wrong with the engine, its machine and its GPUs (ends with 1 where a check fails)',
	usage: 'labc doctor [OPTIONS]',
	examples: [
		{ line: 'labc doctor', summary: 'What is wrong, what it does to you, what to do about it' },
		{ line: 'labc doctor --format json', summary: 'One object a line, for scripts' },
	],
	flags: { format: { type: 'string', value: 'FORMAT', summary: 'How to tell it: table or json' } },
	takesNoArguments: true,
	standalone: true,
	async run(context, values) {
		const format = readListFormat(values.format);
		const { env, signal, terminal } = context;
		const isLocal = (await context.engineHost()) === undefined;
		const findings = diagnose(await gatherFacts({ engine: () => context.engine(), isLocal, env, signal }));
		const view = { colour: terminal.colour.out, columns: tableRoom(terminal) };
		await terminal.out(format === 'json' ? findingsAsJson(findings) : formatFindings(findings, view));
		return hasFailure(findings) ? 1 : 0;
	},
});
