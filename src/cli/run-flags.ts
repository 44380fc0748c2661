import type { Flags, FlagValues } from './command.ts';
import { connectionFlags } from './connection.ts';
import { gpuFlags } from './gpu-flags.ts';
import { pullSummary } from './pull-summary.ts';

/** docker compose's flags of `run`. */
export const runFlags = {
	...connectionFlags,
	build: { type: 'boolean', summary: 'Build the image before the container is made' },
	'cap-add': { type: 'list', value: 'CAPABILITY', summary: 'Add a Linux capability' },
	'cap-drop': { type: 'list', value: 'CAPABILITY', summary: 'Drop a Linux capability' },
	detach: { type: 'boolean', short: 'd', summary: 'Leave the container running and print its id' },
	entrypoint: { type: 'string', value: 'COMMAND', summary: 'Replace the entrypoint of the image' },
	env: { type: 'list', short: 'e', value: 'KEY[=VALUE]', summary: 'Set an environment variable' },
	'env-from-file': { type: 'list', value: 'FILE', summary: 'Set environment variables from a file' },
	...gpuFlags,
	label: { type: 'list', short: 'l', value: 'KEY=VALUE', summary: 'Add a label' },
	name: { type: 'string', value: 'NAME', summary: 'Name the container' },
	'no-deps': { type: 'boolean', summary: 'Leave the services alone that this one depends on' },
	publish: { type: 'list', short: 'p', value: 'PORT', summary: 'Publish a port to the host' },
	pull: { type: 'string', value: 'POLICY', summary: pullSummary },
	quiet: { type: 'boolean', short: 'q', summary: 'Show no progress' },
	'quiet-build': { type: 'boolean', summary: 'Hide the output of builds' },
	'quiet-pull': { type: 'boolean', summary: 'Hide the progress of pulls' },
	'remove-orphans': { type: 'boolean', summary: 'Remove containers of services that the file does not name' },
	rm: { type: 'boolean', summary: 'Remove the container when it ends' },
	'service-ports': { type: 'boolean', short: 'P', summary: "Publish the service's ports" },
	'use-aliases': { type: 'boolean', summary: "Give the container the service's names in its networks" },
	user: { type: 'string', short: 'u', value: 'USER[:GROUP]', summary: 'User to run as' },
	volume: { type: 'list', short: 'v', value: 'SOURCE:TARGET', summary: 'Mount a folder or volume' },
	workdir: { type: 'string', short: 'w', value: 'PATH', summary: 'Folder to run in' },
} as const satisfies Flags;

export type RunValues = FlagValues<typeof runFlags>;
