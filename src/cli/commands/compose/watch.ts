import { attributeLocator } from '../../../document/locate-attribute.ts';
import { defineCommand } from '../../command.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';
import { upOptions } from '../../up-options.ts';
import { watchOptions } from '../../watch-options.ts';

export const command = defineCommand({
	name: 'compose watch',
	summary: 'Keep the containers as the files are, by the rules under `develop.watch`',
	usage: 'labc compose watch [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose watch', summary: 'Start everything, and copy, restart or rebuild when a file changes' },
		{ line: 'labc compose watch --no-up web', summary: 'Watch one service that runs already' },
	],
	flags: {
		'no-up': { type: 'boolean', summary: 'Do not build and start the services first' },
		'no-reload': { type: 'boolean', summary: 'Do not follow changes of the project’s own files' },
		prune: { type: 'boolean', summary: 'Remove images that a rebuild has replaced (the default)' },
		quiet: { type: 'boolean', summary: 'Hide the output of builds' },
	},
	async run(context, values, services) {
		const load = async () => {
			const loaded = await context.loadProject({ services });
			return { loaded, options: watchOptions(context, values, { loaded, services }) };
		};
		const [{ loaded, options }, given] = await Promise.all([load(), runTools(context, { yes: false })]);
		const tools = { ...given, emit: quietEmit(given.emit, { builds: values.quiet }) };
		const { watchProject } = await import('../../../use-cases/watch-project.ts');
		const up = {
			...upOptions({}, services, context.env),
			locate: attributeLocator(loaded.tree),
		};
		await watchProject(loaded.project, tools, {
			...options,
			up: values['no-up'] ? undefined : up,
		});
		return context.signal.aborted ? 130 : 0;
	},
});
