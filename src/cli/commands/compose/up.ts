import { attributeLocator } from '../../../document/locate-attribute.ts';
import type { LoadedProject } from '../../../loader/loaded-project.ts';
import type { RunTools } from '../../../use-cases/run-tools.ts';
import { attachOptions } from '../../attach-options.ts';
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
		const options = { ...given, ...followed, listed, locate: attributeLocator(tree) };
		if (isDetached(values) || options.wait || context.globals.dryRun) {
			const { bringUp } = await import('../../../use-cases/bring-up.ts');
			await bringUp(project, tools, options);
			return 0;
		}
		const { bringUpAttached } = await import('../../../use-cases/attach-up.ts');
		const beside = await besideUp(context, values, { loaded, services, tools });
		const attach = { ...attachOptions(context, values, { project, services }), ...(beside && { beside }) };
		return bringUpAttached(project, tools, { ...options, attach });
	},
});

interface Loaded {
	readonly loaded: LoadedProject;
	readonly services: readonly string[];
	readonly tools: RunTools;
}

/** What goes on beside the output: the menu of keys, and watching, which it may switch. */
async function besideUp(context: CommandContext, values: UpValues, given: Loaded) {
	const { hasMenu, menuBeside, watchingBeside } = await import('../../attached-menu.ts');
	const watch = await watchFrom(context, values, given);
	if (hasMenu(context, values)) return menuBeside(context, watch, values.watch ?? false);
	return watch !== undefined && values.watch ? watchingBeside(watch) : undefined;
}

/** Undefined where nothing can be watched, which `--watch` does not take for an answer. */
async function watchFrom(context: CommandContext, { watch }: UpValues, { loaded, services, tools }: Loaded) {
	const hasRules = [...loaded.project.services.values()].some(({ develop }) => (develop?.watch ?? []).length > 0);
	if (!watch && !hasRules) return undefined;
	const { watchOptions } = await import('../../watch-options.ts');
	const { requireUnwatched, requireWatched, watchProject } = await import('../../../use-cases/watch-project.ts');
	const values = { prune: undefined, 'no-reload': undefined };
	const options = { ...watchOptions(context, values, { loaded, services }), up: undefined };
	if (watch) {
		requireWatched(loaded.project, options);
		await requireUnwatched(loaded.project, tools);
	}
	return (given: RunTools) => watchProject(loaded.project, given, options);
}

async function upTools(context: CommandContext, values: UpValues) {
	const tools = await runTools(context, { yes: values.yes ?? false });
	return { ...tools, emit: quietEmit(tools.emit, { builds: values['quiet-build'], pulls: values['quiet-pull'] }) };
}
