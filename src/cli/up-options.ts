import { LabcError } from '../errors/labc-error.ts';
import type { HashForm } from '../plan/plan.ts';
import type { BringUpOptions } from '../use-cases/bring-up-options.ts';
import type { CommandContext } from './command.ts';
import { gpuMode, gpuWait } from './gpu-tools.ts';
import { isGiven } from './refuse-unsupported.ts';
import { parseScale } from './scale.ts';
import type { UpValues } from './up-flags.ts';
import { waitOptions, waits } from './wait-options.ts';

/** The options of `up` as the use-case takes them. Contradictions are refused with docker compose's reasons. */
export function upOptions(
	values: Partial<UpValues>,
	services: readonly string[],
	env: CommandContext['env'],
): BringUpOptions {
	refuseContradictions(values);
	return {
		services,
		noDeps: values['no-deps'] ?? false,
		recreate: values['force-recreate'] ? 'force' : values['no-recreate'] ? 'never' : 'diverged',
		alwaysRecreateDeps: values['always-recreate-deps'] ?? false,
		renewAnonymousVolumes: values['renew-anon-volumes'] ?? false,
		...volumeConsent(values),
		mendsDrift: values.drift ?? false,
		build: values.build ? 'always' : values['no-build'] ? 'never' : 'missing',
		pull: values.pull,
		start: !(values['no-start'] ?? false),
		...waitOptions(values),
		stopTimeoutSeconds: values.timeout,
		scale: new Map((values.scale ?? []).map(parseScale)),
		orphans: orphanPolicy(values, env),
		hashForm: hashForm(env),
		...gpuMode(values.gpus),
		...gpuWait(values['gpu-wait'], env),
	};
}

/** `-y` agrees to lose the data of all volumes that are not as declared. */
const volumeConsent = ({ yes }: Partial<UpValues>): Pick<BringUpOptions, 'recreateVolumes'> =>
	yes ? { recreateVolumes: 'all' } : {};

/** Whether the command ends when the containers run; otherwise it stays with them. */
export const isDetached = (values: Partial<UpValues>): boolean =>
	values.detach === true || waits(values) || values['no-start'] === true;

const exclusive = [
	['build', 'no-build'],
	['force-recreate', 'no-recreate'],
	['renew-anon-volumes', 'no-recreate'],
	['always-recreate-deps', 'no-recreate'],
	['abort-on-container-exit', 'abort-on-container-failure'],
] as const;
const detaching = ['detach', 'wait', 'no-start', 'wait-timeout'] as const;
const staying = [
	'abort-on-container-exit',
	'abort-on-container-failure',
	'exit-code-from',
	'attach',
	'no-attach',
	'attach-dependencies',
	'watch',
] as const;

function refuseContradictions(values: Partial<UpValues>): void {
	for (const [one, other] of exclusive) {
		if (values[one] && values[other]) throw contradiction(`--${one}`, `--${other}`);
	}
	const leaves = detaching.find((name) => isGiven(values[name]));
	const stays = staying.find((name) => isGiven(values[name]));
	if (leaves !== undefined && stays !== undefined) throw contradiction(`--${leaves}`, `--${stays}`);
}

const contradiction = (one: string, other: string): LabcError =>
	new LabcError('USAGE_INVALID', `\`${one}\` and \`${other}\` are incompatible`, { hint: 'Leave one of the two out.' });

function orphanPolicy(values: Partial<UpValues>, env: CommandContext['env']): 'warn' | 'remove' | 'ignore' {
	const removes = values['remove-orphans'] ?? isOn(env['COMPOSE_REMOVE_ORPHANS']);
	const ignores = isOn(env['COMPOSE_IGNORE_ORPHANS']);
	if (removes && ignores) throw contradiction('--remove-orphans', 'COMPOSE_IGNORE_ORPHANS');
	return removes ? 'remove' : ignores ? 'ignore' : 'warn';
}

/** `LABC_HASH_FORM`: whose config hashes the containers of new projects carry. */
export function hashForm(env: CommandContext['env']): HashForm | undefined {
	const form = env['LABC_HASH_FORM'];
	if (form === undefined || form === '' || form === '2' || form === '5') return form || undefined;
	throw new LabcError('USAGE_INVALID', `LABC_HASH_FORM is \`${form}\`, expected 2 or 5`, {
		hint: 'Unset it, or set it to 5 for a project that docker compose 5 goes on with.',
	});
}

export const isOn = (text: string | undefined): boolean => /^(1|t|true|y|yes|on)$/i.test(text ?? '');
