import type { LoadStage } from '../loader/loaded-project.ts';
import type { HashForm } from '../plan/plan.ts';
import type { ConfigListing, ConfigRequest } from '../use-cases/config-request.ts';
import type { GlobalValues } from './command.ts';
import type { ConfigValues } from './config-flags.ts';

/** What the flags of `config` ask for. */
export function configRequest(
	values: ConfigValues,
	services: readonly string[],
	{ compatibilityFlag, form }: Pick<GlobalValues, 'compatibilityFlag'> & { readonly form?: HashForm | undefined },
): ConfigRequest {
	return {
		view: listings.find((flag) => Boolean(values[flag])) ?? 'project',
		services,
		format: values.format,
		hash: values.hash ?? '*',
		hashForm: form,
		without: stagesToLeave(values, compatibilityFlag),
		digests: digestsOf(values),
		redact: values.redact === true,
	};
}

/** Where several are asked for, the first of these is printed. */
const listings: readonly ConfigListing[] = [
	'services',
	'volumes',
	'networks',
	'models',
	'hash',
	'profiles',
	'images',
	'variables',
	'environment',
];

const stageByFlag = {
	'no-interpolate': 'interpolation',
	'no-normalize': 'normalisation',
	'no-consistency': 'consistency',
	'no-path-resolution': 'paths',
} as const satisfies Partial<Record<keyof ConfigValues, LoadStage>>;

/**
 * The platform is printed where the file has it. Compatible with the first Compose, `config` leaves names and networks
 * unsaid, as docker compose does for the flag alone.
 */
function stagesToLeave(values: ConfigValues, compatibility: boolean): readonly LoadStage[] {
	const flags = Object.keys(stageByFlag) as readonly (keyof typeof stageByFlag)[];
	const given = flags.filter((flag) => values[flag] === true).map((flag) => stageByFlag[flag]);
	const left: readonly LoadStage[] = ['builds', ...given];
	return compatibility && !left.includes('normalisation') ? [...left, 'normalisation'] : left;
}

function digestsOf(values: ConfigValues): ConfigRequest['digests'] {
	if (values['lock-image-digests'] === true) return 'only';
	return values['resolve-image-digests'] === true ? 'resolve' : undefined;
}

/** Views that have something to say where `--quiet` asks for silence. */
export const isSilent = ({ view }: ConfigRequest, values: ConfigValues): boolean =>
	values.quiet === true && (view === 'project' || view === 'environment');
