import { LabcError } from '../errors/labc-error.ts';
import type { DownOptions } from '../plan/plan-down.ts';
import type { CommandContext, Flags, FlagValues } from './command.ts';
import { isOn } from './up-options.ts';

/** docker compose's flags of `down`. */
export const downFlags = {
	volumes: { type: 'boolean', short: 'v', summary: 'Remove named and anonymous volumes too' },
	rmi: {
		type: 'string',
		value: 'TYPE',
		summary: 'Remove images too: local (those without a name of their own) or all',
	},
	'remove-orphans': { type: 'boolean', summary: 'Remove containers of services that the file does not name' },
	yes: { type: 'boolean', short: 'y', summary: 'Do not ask before volumes are removed' },
	timeout: { type: 'integer', short: 't', value: 'SECONDS', summary: 'Time a container gets to stop' },
} as const satisfies Flags;

export function downOptions(
	values: FlagValues<typeof downFlags>,
	services: readonly string[],
	env: CommandContext['env'],
): DownOptions {
	return {
		services,
		volumes: values.volumes ?? false,
		images: imagesOf(values.rmi),
		removeOrphans: values['remove-orphans'] ?? isOn(env['COMPOSE_REMOVE_ORPHANS']),
		stopTimeoutSeconds: values.timeout,
	};
}

function imagesOf(text: string | undefined): DownOptions['images'] {
	if (text === undefined || text === 'local' || text === 'all') return text;
	throw new LabcError('USAGE_INVALID', `\`--rmi\` takes local or all, not \`${text}\``, {
		hint: 'Give `--rmi local` to keep images that have a name of their own.',
	});
}
