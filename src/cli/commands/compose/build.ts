import { attributeLocator } from '../../../document/locate-attribute.ts';
import { onlyForContainers } from '../../../loader/loaded-project.ts';
import { buildImages } from '../../../use-cases/build-images.ts';
import { buildFlags, buildOptions } from '../../build-flags.ts';
import { defineCommand } from '../../command.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose build',
	summary: 'Build the images of services',
	usage: 'labc compose build [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose build', summary: 'Build everything that can be built' },
		{ line: 'labc compose build --no-cache jupyter', summary: 'Build one service anew' },
	],
	flags: buildFlags,
	async run(context, values, services) {
		const { project, tree } = await context.loadProject({ services, without: onlyForContainers });
		const options = { ...buildOptions(values, services, context.variables), locate: attributeLocator(tree) };
		const tools = await runTools(context, { yes: false });
		await buildImages(project, { ...tools, emit: quietEmit(tools.emit, { all: values.quiet }) }, options);
		return 0;
	},
});
