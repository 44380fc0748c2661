import path from 'node:path';
import type { SourceLocation } from '../../../errors/source-location.ts';
import { defineCommand } from '../../command.ts';
import { configFlags } from '../../config-flags.ts';
import { configRequest, isSilent } from '../../config-request.ts';
import { placeFrom } from '../../relative-places.ts';
import { hashForm } from '../../up-options.ts';

export const command = defineCommand({
	name: 'compose config',
	summary: 'Check the Compose files and print the project they make',
	usage: 'labc compose config [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose config', summary: 'The project with all files merged and all defaults spelled out' },
		{ line: 'labc compose config -q', summary: 'Only check the files' },
		{ line: 'labc compose config --format json jupyter', summary: 'One service and what it needs, as JSON' },
		{
			line: 'labc compose config --explain services.jupyter.ports.0',
			summary: 'Which file and line a value comes from',
		},
	],
	flags: configFlags,
	async run(context, values, services) {
		const request = configRequest(values, services, {
			...context.globals,
			form: values.hash === undefined ? undefined : hashForm(context.env),
		});
		if (values.explain !== undefined) {
			const { explainConfig } = await import('../../../use-cases/explain-config.ts');
			const place = (at: SourceLocation) => placeFrom(context.cwd, at);
			const question = { question: values.explain, format: values.format, redact: request.redact, place };
			const tree = await context.loadTree(request.without);
			const answer = await explainConfig(question, tree, context.projectOptions);
			await context.flushProgress();
			await context.terminal.out(answer);
			return 0;
		}
		if (isSilent(request, values)) {
			await context.loadProject({ services, without: request.without });
			return 0;
		}
		const { configText } = await import('../../../use-cases/show-config.ts');
		const text = await configText(request, context);
		await context.flushProgress();
		if (values.output === undefined || request.view !== 'project') await context.terminal.out(text);
		else {
			const { writeFile } = await import('node:fs/promises');
			await writeFile(path.resolve(context.cwd, values.output), text);
		}
		return 0;
	},
});
