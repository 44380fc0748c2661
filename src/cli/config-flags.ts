import type { FlagValues } from './command.ts';

export const configFlags = {
	format: { type: 'string', value: 'FORMAT', summary: 'yaml or json; table for variables' },
	output: { type: 'string', short: 'o', value: 'FILE', summary: 'Write to this file instead of printing' },
	quiet: { type: 'boolean', short: 'q', summary: 'Only check the files, print nothing' },
	services: { type: 'boolean', summary: 'Print the names of the services, one a line' },
	images: { type: 'boolean', summary: 'Print the names of the images, one a line' },
	profiles: { type: 'boolean', summary: 'Print the names of the profiles, one a line' },
	volumes: { type: 'boolean', summary: 'Print the names of the volumes, one a line' },
	networks: { type: 'boolean', summary: 'Print the names of the networks, one a line' },
	hash: { type: 'string', value: 'SERVICES', summary: 'Print the hash of each service; `*` means all' },
	'no-interpolate': { type: 'boolean', summary: 'Leave variables as they are written' },
	'no-normalize': { type: 'boolean', summary: 'Leave unsaid what has a default' },
	'no-consistency': { type: 'boolean', summary: 'Leave out the checks across services' },
	'no-path-resolution': { type: 'boolean', summary: 'Leave relative paths as they are' },
	'no-env-resolution': { type: 'boolean', summary: 'Has no effect, as in docker compose 2.40' },
	'resolve-image-digests': { type: 'boolean', summary: 'Pin images to their digests' },
	'lock-image-digests': { type: 'boolean', summary: 'Print an override file that pins images' },
	environment: { type: 'boolean', summary: 'Print the variables used for interpolation' },
	variables: { type: 'boolean', summary: 'Print the variables the files mention' },
	redact: { type: 'boolean', summary: 'Hide what is or looks like a credential' },
	explain: { type: 'string', value: 'PATH', summary: 'Tell where a value, or the value of `${VARIABLE}`, comes from' },
	models: { type: 'boolean', summary: 'Print the names of the models, one a line' },
} as const;

export type ConfigValues = FlagValues<typeof configFlags>;
