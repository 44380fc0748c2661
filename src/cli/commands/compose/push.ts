import { attributeLocator } from '../../../document/locate-attribute.ts';
import { onlyForContainers } from '../../../loader/loaded-project.ts';
import { pushImages } from '../../../use-cases/push-images.ts';
import { defineCommand } from '../../command.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose push',
	summary: 'Push the images of services that are built here',
	usage: 'labc compose push [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose push', summary: 'All that have both `build` and `image`, with their tags' },
		{ line: 'labc compose push --include-deps jupyter', summary: 'One, and those that it depends on' },
	],
	flags: {
		'ignore-push-failures': { type: 'boolean', summary: 'Go on where an image cannot be pushed, and end well' },
		'include-deps': { type: 'boolean', summary: 'Those of dependencies too' },
		quiet: { type: 'boolean', short: 'q', summary: 'Show no progress' },
	},
	async run(context, values, services) {
		const { project, tree } = await context.loadProject({ services, without: onlyForContainers });
		const tools = await runTools(context, { yes: false });
		const emit = quietEmit(tools.emit, { all: values.quiet });
		await pushImages(
			project,
			{ ...tools, emit },
			{
				services,
				noDeps: !(values['include-deps'] ?? false),
				ignoresImageFailures: values['ignore-push-failures'] ?? false,
				locate: attributeLocator(tree),
			},
		);
		return 0;
	},
});
