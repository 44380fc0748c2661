import { attributeLocator } from '../../../document/locate-attribute.ts';
import { LabcError } from '../../../errors/labc-error.ts';
import { onlyForContainers } from '../../../loader/loaded-project.ts';
import { pullImages } from '../../../use-cases/pull-images.ts';
import { defineCommand } from '../../command.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';

export const command = defineCommand({
	name: 'compose pull',
	summary: 'Pull the images of services',
	usage: 'labc compose pull [OPTIONS] [SERVICE...]',
	examples: [{ line: 'labc compose pull --ignore-buildable', summary: 'Everything that is not built here' }],
	flags: {
		'ignore-buildable': { type: 'boolean', summary: 'Leave images that can be built' },
		'ignore-pull-failures': { type: 'boolean', summary: 'Go on where an image cannot be had, and end well' },
		'include-deps': { type: 'boolean', summary: 'Those of dependencies too' },
		'no-parallel': { type: 'boolean', summary: 'Deprecated, without effect', hidden: true },
		parallel: { type: 'boolean', summary: 'Deprecated, without effect', hidden: true },
		policy: { type: 'string', value: 'POLICY', summary: 'missing or always, over what the file says' },
		quiet: { type: 'boolean', short: 'q', summary: 'Show no progress' },
	},
	async run(context, values, services) {
		const policy = readPolicy(values.policy);
		const { project, tree } = await context.loadProject({ services, without: onlyForContainers });
		const tools = await runTools(context, { yes: false });
		const emit = quietEmit(tools.emit, { all: values.quiet });
		await pullImages(
			project,
			{ ...tools, emit },
			{
				services,
				noDeps: !(values['include-deps'] ?? false),
				policy,
				ignoreBuildable: values['ignore-buildable'] ?? false,
				ignoresImageFailures: values['ignore-pull-failures'] ?? false,
				locate: attributeLocator(tree),
			},
		);
		return 0;
	},
});

function readPolicy(text: string | undefined): 'missing' | 'always' | undefined {
	if (text === undefined || text === '') return undefined;
	if (text === 'missing' || text === 'always') return text;
	throw new LabcError('USAGE_INVALID', `\`--policy\` takes missing or always, not \`${text}\``, {
		hint: 'Leave `--policy` out to follow the file.',
	});
}
