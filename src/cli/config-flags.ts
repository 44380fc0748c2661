import type { FlagValues } from './command.ts';
import type { UnsupportedFlags } from './refuse-unsupported.ts';

export const configFlags = {
	format: { type: 'string', value: 'FORMAT', summary: 'yaml or json' },
	output: { type: 'string', short: 'o', value: 'FILE', summary: 'Write to this file instead of printing' },
	quiet: { type: 'boolean', short: 'q', summary: 'Only check the files, print nothing' },
	services: { type: 'boolean', summary: 'Print the names of the services, one a line' },
	images: { type: 'boolean', summary: 'Print the names of the images, one a line' },
	profiles: { type: 'boolean', summary: 'Print the names of the profiles, one a line' },
	volumes: { type: 'boolean', summary: 'Print the names of the volumes, one a line' },
	networks: { type: 'boolean', summary: 'Print the names of the networks, one a line' },
	hash: { type: 'string', value: 'SERVICES', summary: 'Print the hash of each service; `*` means all' },
	'no-interpolate': { type: 'boolean', summary: 'Leave variables as they are written', hidden: true },
	'no-normalize': { type: 'boolean', summary: 'Leave unsaid what has a default', hidden: true },
	'no-consistency': { type: 'boolean', summary: 'Leave out the checks across services', hidden: true },
	'no-path-resolution': { type: 'boolean', summary: 'Leave relative paths as they are', hidden: true },
	'no-env-resolution': { type: 'boolean', summary: 'Leave env files unread', hidden: true },
	'resolve-image-digests': { type: 'boolean', summary: 'Pin images to their digests', hidden: true },
	'lock-image-digests': { type: 'boolean', summary: 'Print an override file that pins images', hidden: true },
	environment: { type: 'boolean', summary: 'Print the variables used for interpolation', hidden: true },
	variables: { type: 'boolean', summary: 'Print the variables the files mention', hidden: true },
	models: { type: 'boolean', summary: 'Print the names of the models, one a line', hidden: true },
} as const;

export type ConfigValues = FlagValues<typeof configFlags>;

const plainConfig = 'Use `labc compose config` without it.';

export const unsupportedConfigFlags: UnsupportedFlags<typeof configFlags> = {
	'no-interpolate': plainConfig,
	'no-normalize': plainConfig,
	'no-consistency': plainConfig,
	'no-path-resolution': plainConfig,
	'no-env-resolution': plainConfig,
	'resolve-image-digests': plainConfig,
	'lock-image-digests': plainConfig,
	environment: plainConfig,
	variables: plainConfig,
	models: plainConfig,
};
