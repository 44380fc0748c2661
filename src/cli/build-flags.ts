import { LabcError } from '../errors/labc-error.ts';
import type { Variables } from '../options/variables.ts';
import type { BuildImagesOptions } from '../use-cases/build-images.ts';
import type { Flags, FlagValues } from './command.ts';
import { refuseUnsupported, type UnsupportedFlags } from './refuse-unsupported.ts';

/** docker compose's flags of `build`. */
export const buildFlags = {
	'build-arg': {
		type: 'list',
		value: 'NAME=VALUE',
		summary: 'Set a build argument; NAME alone takes the environment’s',
	},
	'no-cache': { type: 'boolean', summary: 'Build every step anew' },
	pull: { type: 'boolean', summary: 'Look for newer base images' },
	push: { type: 'boolean', summary: 'Push what is built, where `image` names it' },
	quiet: { type: 'boolean', short: 'q', summary: 'Show no progress' },
	'with-dependencies': { type: 'boolean', summary: 'Build the services that the named ones depend on too' },
	builder: { type: 'string', value: 'NAME', summary: 'Builder to use', hidden: true },
	check: { type: 'boolean', summary: 'Check the build and build nothing', hidden: true },
	memory: { type: 'string', short: 'm', value: 'BYTES', summary: 'Memory limit of the build', hidden: true },
	print: { type: 'boolean', summary: 'Print what the builder is asked for', hidden: true },
	provenance: { type: 'string', value: 'MODE', summary: 'Add a provenance attestation', hidden: true },
	sbom: { type: 'string', value: 'MODE', summary: 'Add a list of what is in the image', hidden: true },
	ssh: { type: 'string', value: 'ID', summary: 'SSH agent to use', hidden: true },
	compress: { type: 'boolean', summary: 'Compress the context', hidden: true },
	'force-rm': { type: 'boolean', summary: 'Remove intermediate containers', hidden: true },
	'no-rm': { type: 'boolean', summary: 'Keep intermediate containers', hidden: true },
} as const satisfies Flags;

const withBuildx = 'Use `docker buildx` for it.';
const unsupported: UnsupportedFlags<typeof buildFlags> = {
	builder: 'Choose the builder with `docker buildx use`.',
	check: withBuildx,
	memory: 'Limit the builder itself.',
	print: withBuildx,
	provenance: withBuildx,
	sbom: withBuildx,
	ssh: withBuildx,
	compress: 'Leave it out: BuildKit sends only what changed.',
	'force-rm': 'Leave it out: BuildKit keeps no intermediate containers.',
	'no-rm': 'Leave it out: BuildKit keeps no intermediate containers.',
};

export function buildOptions(
	values: FlagValues<typeof buildFlags>,
	services: readonly string[],
	variables: Variables,
): BuildImagesOptions {
	refuseUnsupported(values, unsupported);
	return {
		services,
		noDeps: !(values['with-dependencies'] ?? false),
		builds: {
			noCache: values['no-cache'] ?? false,
			pull: values.pull ?? false,
			push: values.push ?? false,
			allPlatforms: true,
			args: Object.fromEntries(values['build-arg'].flatMap((text) => parseArgument(text, variables))),
		},
	};
}

/** A name alone takes the environment's value; where that has none, the Dockerfile's own default stays. */
function parseArgument(text: string, variables: Variables): readonly (readonly [string, string])[] {
	const equals = text.indexOf('=');
	const name = equals === -1 ? text : text.slice(0, equals);
	if (name === '') {
		throw new LabcError('USAGE_INVALID', `\`--build-arg\` takes NAME=VALUE, not \`${text}\``, {
			hint: 'Write for example `--build-arg USER_UID=1000`.',
		});
	}
	const value = equals === -1 ? variables.get(name) : text.slice(equals + 1);
	return value === undefined ? [] : [[name, value]];
}
