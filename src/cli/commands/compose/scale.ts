import { attributeLocator } from '../../../document/locate-attribute.ts';
import { LabcError } from '../../../errors/labc-error.ts';
import { bringUp } from '../../../use-cases/bring-up.ts';
import { defineCommand } from '../../command.ts';
import { runTools } from '../../run-tools.ts';
import { parseScale } from '../../scale.ts';

export const command = defineCommand({
	name: 'compose scale',
	summary: 'Run this many containers of services',
	usage: 'labc compose scale [OPTIONS] SERVICE=NUM...',
	examples: [{ line: 'labc compose scale worker=3 web=2', summary: 'Three workers and two of web' }],
	flags: {
		'no-deps': { type: 'boolean', summary: 'Leave the services alone that the named ones depend on' },
	},
	async run(context, values, words) {
		if (words.length === 0) throw nothingNamed();
		const scale = new Map(words.map((word) => parseScale(word)));
		const services = [...scale.keys()];
		const [{ project, tree }, tools] = await Promise.all([
			context.loadProject({ services }),
			runTools(context, { yes: false }),
		]);
		const noDeps = values['no-deps'] ?? false;
		await bringUp(project, tools, { services, scale, noDeps, locate: attributeLocator(tree) });
		return 0;
	},
});

const nothingNamed = (): LabcError =>
	new LabcError('USAGE_INVALID', '`scale` needs at least one SERVICE=NUM', {
		hint: 'Write for example `labc compose scale worker=3`.',
	});
