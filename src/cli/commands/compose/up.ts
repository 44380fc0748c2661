import { attributeLocator } from '../../../document/locate-attribute.ts';
import type { LoadedProject } from '../../../loader/loaded-project.ts';
import type { RunTools } from '../../../use-cases/run-tools.ts';
import { attachOptions, tellMissingMenu } from '../../attach-options.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { following, savedPlan } from '../../followed-plan.ts';
import { loadAndList } from '../../load-and-list.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';
import { type UpValues, upFlags } from '../../up-flags.ts';
import { isDetached, upOptions } from '../../up-options.ts';

export const command = defineCommand({
	name: 'compose up',
	summary: 'Create and start containers, and recreate those whose configuration changed',
	usage: 'labc compose up [OPTIONS] [SERVICE...]',
	examples: [
		{ line: 'labc compose up -d --wait', summary: 'Start everything in the background and wait until it is healthy' },
		{ line: 'labc compose up jupyter', summary: 'Start one service and what it depends on, and show its output' },
	],
	flags: upFlags,
	async run(context, values, services) {
		const saved = await savedPlan(context, values, services);
		const wanted = saved?.options.services ?? services;
		const given = upOptions(values, wanted, context.env);
		const { loaded, listed } = await loadAndList(context, { services: wanted });
		const { project, tree } = loaded;
		const tools = await upTools(context, values);
		const followed = saved === undefined ? {} : await following(project, saved, tools);
		const recreateVolumes = context.globals.dryRun && values.yes === true;
		const options = { ...given, ...followed, recreateVolumes, listed, locate: attributeLocator(tree) };
		if (isDetached(values) || options.wait || context.globals.dryRun) {
			const { bringUp } = await import('../../../use-cases/bring-up.ts');
			await bringUp(project, tools, options);
			return 0;
		}
		const { bringUpAttached } = await import('../../../use-cases/attach-up.ts');
		tellMissingMenu(context, values);
		const beside = values.watch ? await watchBeside(context, loaded, services) : {};
		const attach = { ...attachOptions(context, values, { project, services }), ...beside };
		return bringUpAttached(project, tools, { ...options, attach });
	},
});

async function watchBeside(context: CommandContext, loaded: LoadedProject, services: readonly string[]) {
	const { watchOptions } = await import('../../watch-options.ts');
	const { requireWatched, watchProject } = await import('../../../use-cases/watch-project.ts');
	const values = { prune: undefined, 'no-reload': undefined };
	const options = { ...watchOptions(context, values, { loaded, services }), up: undefined };
	requireWatched(loaded.project, options);
	return { beside: (tools: RunTools) => watchProject(loaded.project, tools, options) };
}

async function upTools(context: CommandContext, values: UpValues) {
	const tools = await runTools(context, { yes: values.yes ?? false });
	return { ...tools, emit: quietEmit(tools.emit, { builds: values['quiet-build'], pulls: values['quiet-pull'] }) };
}
