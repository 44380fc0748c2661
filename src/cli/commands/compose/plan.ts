import { attributeLocator } from '../../../document/locate-attribute.ts';
import { LabcError } from '../../../errors/labc-error.ts';
import { previewUp } from '../../../use-cases/preview-up.ts';
import { defineCommand } from '../../command.ts';
import { runTools } from '../../run-tools.ts';
import { type PlanFormat, showPlan } from '../../show-plan.ts';
import { upFlags } from '../../up-flags.ts';
import { upOptions } from '../../up-options.ts';

const { build, scale, wait } = upFlags;
const flags = {
	format: { type: 'string', value: 'FORMAT', summary: 'How the plan is shown: text or json' },
	'detailed-exitcode': { type: 'boolean', summary: 'End with 0 where nothing is to be done, 2 where something is' },
	build,
	'no-build': upFlags['no-build'],
	pull: upFlags.pull,
	'force-recreate': upFlags['force-recreate'],
	'no-recreate': upFlags['no-recreate'],
	'always-recreate-deps': upFlags['always-recreate-deps'],
	'renew-anon-volumes': upFlags['renew-anon-volumes'],
	drift: upFlags.drift,
	'no-deps': upFlags['no-deps'],
	'remove-orphans': upFlags['remove-orphans'],
	scale,
	wait,
} as const;

export const command = defineCommand({
	name: 'compose plan',
	summary: 'Show what `up` would do, each step with its reason, and change nothing',
	usage: 'labc compose plan [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose plan', summary: 'What the next `up` would do, and why' },
		{ line: 'labc compose plan --detailed-exitcode', summary: 'For scripts: 2 where something would change' },
	],
	flags,
	async run(context, values, services) {
		const format = formatOf(values.format);
		const options = upOptions(values, services, context.env);
		const [{ project, tree }, tools] = await Promise.all([
			context.loadProject({ services }),
			runTools(context, { yes: false }),
		]);
		const plan = await previewUp(project, tools, { ...options, locate: attributeLocator(tree) });
		await showPlan(plan, context, format);
		return values['detailed-exitcode'] && plan.steps.length > 0 ? 2 : 0;
	},
});

function formatOf(text = 'text'): PlanFormat {
	if (text === 'text' || text === 'json') return text;
	throw new LabcError('USAGE_INVALID', `\`--format\` takes text or json, not \`${text}\``, {
		hint: 'Leave `--format` out to read the plan as text.',
	});
}
