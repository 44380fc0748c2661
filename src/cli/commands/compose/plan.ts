import { attributeLocator } from '../../../document/locate-attribute.ts';
import { lookAhead } from '../../../use-cases/preview-up.ts';
import { savePlan } from '../../../use-cases/save-plan.ts';
import { defineCommand } from '../../command.ts';
import { loadAndList } from '../../load-and-list.ts';
import { writePlanFile } from '../../plan-file.ts';
import { planFlags, planFormat } from '../../plan-flags.ts';
import { runTools } from '../../run-tools.ts';
import { showPlan } from '../../show-plan.ts';
import { upOptions } from '../../up-options.ts';

export const command = defineCommand({
	name: 'compose plan',
	summary: 'Show what `up` would do to what, and why, and change nothing',
	usage: 'labc compose plan [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose plan', summary: 'What the next `up` would do, and why' },
		{
			line: 'labc compose plan -o next.json && labc compose up -d --plan next.json',
			summary: 'Look first, then do exactly that',
		},
		{ line: 'labc compose plan --steps', summary: 'Each step by its number, and what it waits for' },
		{ line: 'labc compose plan --detailed-exitcode', summary: 'For scripts: 2 where something would change' },
	],
	flags: planFlags,
	async run(context, values, services) {
		const format = planFormat(values.format);
		const given = upOptions(values, services, context.env);
		const [{ loaded, listed }, tools] = await Promise.all([
			loadAndList(context, { services }),
			runTools(context, { yes: false }),
		]);
		const { project, tree } = loaded;
		const options = { ...given, listed, locate: attributeLocator(tree) };
		const ahead = await lookAhead(project, tools, options);
		const { plan } = ahead;
		await showPlan(plan, context, { format, steps: values.steps });
		if (values.output !== undefined) {
			await writePlanFile(context, values.output, savePlan(project, ahead, options));
		}
		return values['detailed-exitcode'] && (plan.steps.length > 0 || plan.needsConsent !== undefined) ? 2 : 0;
	},
});
