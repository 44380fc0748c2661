import type { Flags, FlagValues } from './command.ts';
import { gpuFlags } from './gpu-flags.ts';
import { pullSummary } from './pull-summary.ts';

/** docker compose's flags of `up`. */
export const upFlags = {
	detach: { type: 'boolean', short: 'd', summary: 'Leave containers running in background' },
	wait: { type: 'boolean', summary: 'Wait until services are running or healthy; implies --detach' },
	'wait-timeout': { type: 'integer', value: 'SECONDS', summary: 'Longest time to wait' },
	build: { type: 'boolean', summary: 'Build images before containers are started' },
	'no-build': { type: 'boolean', summary: 'Build no image, even if it is missing' },
	pull: { type: 'string', value: 'POLICY', summary: pullSummary },
	'force-recreate': { type: 'boolean', summary: 'Recreate containers even if nothing changed' },
	'no-recreate': { type: 'boolean', summary: 'Keep containers that changed' },
	'always-recreate-deps': { type: 'boolean', summary: 'Recreate containers of dependencies too' },
	'renew-anon-volumes': { type: 'boolean', short: 'V', summary: 'Give recreated containers new anonymous volumes' },
	'no-deps': { type: 'boolean', summary: 'Leave the services alone that the named ones depend on' },
	'no-start': { type: 'boolean', summary: 'Create containers without starting them' },
	plan: {
		type: 'string',
		value: 'FILE',
		summary: 'Carry out a saved plan, or nothing',
	},
	drift: { type: 'boolean', summary: 'Recreate what was changed by hand, too' },
	'remove-orphans': { type: 'boolean', summary: 'Remove containers of services that the file does not name' },
	scale: { type: 'list', value: 'SERVICE=NUM', summary: 'Run this many containers of a service' },
	timeout: { type: 'integer', short: 't', value: 'SECONDS', summary: 'Time a container gets to stop' },
	...gpuFlags,
	yes: { type: 'boolean', short: 'y', summary: 'Answer yes, also where data is lost' },
	'abort-on-container-exit': { type: 'boolean', summary: 'Stop everything when a container ends' },
	'abort-on-container-failure': { type: 'boolean', summary: 'Stop everything when a container ends with a failure' },
	'exit-code-from': { type: 'string', value: 'SERVICE', summary: 'End with the exit status of this service' },
	attach: { type: 'list', value: 'SERVICE', summary: 'Show the output of these services only' },
	'attach-dependencies': { type: 'boolean', summary: 'Show the output of dependencies too' },
	'no-attach': { type: 'list', value: 'SERVICE', summary: 'Do not show the output of these services' },
	'no-color': { type: 'boolean', summary: 'Show output without colour' },
	'no-log-prefix': { type: 'boolean', summary: 'Show output without the names before it' },
	timestamps: { type: 'boolean', summary: 'Show the time of each line' },
	'quiet-build': { type: 'boolean', summary: 'Hide the output of builds' },
	'quiet-pull': { type: 'boolean', summary: 'Hide the progress of pulls' },
	menu: { type: 'boolean', summary: 'Show a menu of keys while attached' },
	watch: { type: 'boolean', short: 'w', summary: 'Watch source files too, as `watch` does' },
} as const satisfies Flags;

export type UpValues = FlagValues<typeof upFlags>;
