import { attributeLocator } from '../../../document/locate-attribute.ts';
import { bringUp } from '../../../use-cases/bring-up.ts';
import { defineCommand } from '../../command.ts';
import { quietEmit } from '../../quiet-emit.ts';
import { runTools } from '../../run-tools.ts';
import { upFlags } from '../../up-flags.ts';
import { upOptions } from '../../up-options.ts';

const { build, pull, scale, yes } = upFlags;

export const command = defineCommand({
	name: 'compose create',
	summary: 'Create containers and start none',
	usage: 'labc compose create [OPTIONS] [SERVICE...]',
	examples: [{ line: 'labc compose create', summary: 'Have everything ready for `labc compose start`' }],
	flags: {
		build,
		'no-build': upFlags['no-build'],
		pull,
		'quiet-pull': upFlags['quiet-pull'],
		'force-recreate': upFlags['force-recreate'],
		'no-recreate': upFlags['no-recreate'],
		'remove-orphans': upFlags['remove-orphans'],
		scale,
		yes,
	},
	async run(context, values, services) {
		/** As with docker compose, only the flag removes orphans here. */
		const env = { ...context.env, COMPOSE_REMOVE_ORPHANS: undefined };
		const options = { ...upOptions(values, services, env), start: false };
		const [{ project, tree }, tools] = await Promise.all([
			context.loadProject({ services }),
			runTools(context, { yes: values.yes ?? false }),
		]);
		const emit = quietEmit(tools.emit, { pulls: values['quiet-pull'] });
		await bringUp(project, { ...tools, emit }, { ...options, locate: attributeLocator(tree) });
		return 0;
	},
});
