import type { ContainerDetails } from '../engine/container-api.ts';
import { readNumber, readRecord, readRecords, readText } from '../engine/unread.ts';
import { seccompProfileFile } from '../model/seccomp-profile.ts';
import type { Service } from '../model/service.ts';
import { mapText, sortedList } from './comparison.ts';

export function declaredRestart({ restart, deploy }: Service): string | undefined {
	const policy = deploy?.restart_policy;
	if (policy !== undefined) return restartWords(policy.condition ?? 'any', policy.max_attempts);
	return restart === 'no' ? undefined : restart;
}

function restartWords(condition: string, attempts: number | undefined): string | undefined {
	if (condition === 'none') return undefined;
	if (condition === 'any') return 'always';
	return attempts === undefined ? condition : `${condition}:${attempts}`;
}

export function observedRestart({ hostConfig }: ContainerDetails): string | undefined {
	const policy = readRecord(hostConfig['RestartPolicy']);
	const name = readText(policy['Name']);
	const attempts = readNumber(policy['MaximumRetryCount']);
	if (name === undefined || name === 'no') return undefined;
	return attempts === undefined ? name : `${name}:${attempts}`;
}

export const declaredLogging = ({ logging }: Service): string | undefined =>
	logging === undefined ? undefined : loggingText(logging.driver, logging.options ?? {});

/** The engine names its default driver even where nobody asked for one. */
export function observedLogging({ hostConfig }: ContainerDetails): string | undefined {
	const { Type: driver, Config: options } = readRecord(hostConfig['LogConfig']);
	return loggingText(readText(driver), readRecord(options));
}

function loggingText(driver = '', options: Readonly<Record<string, unknown>> = {}): string | undefined {
	const shown = driver === 'json-file' ? '' : driver;
	return [shown, mapText(options) ?? ''].filter((part) => part !== '').join(' ') || undefined;
}

export const declaredUlimits = ({ ulimits = {} }: Service): string | undefined =>
	sortedList(
		Object.entries(ulimits).map(([name, limit]) =>
			typeof limit === 'number' ? ulimitText(name, limit, limit) : ulimitText(name, limit.soft ?? 0, limit.hard ?? 0),
		),
	);

export const observedUlimits = ({ hostConfig }: ContainerDetails): string | undefined =>
	sortedList(
		readRecords(hostConfig['Ulimits']).map(({ Name, Soft, Hard }) =>
			ulimitText(String(Name), Number(Soft), Number(Hard)),
		),
	);

const ulimitText = (name: string, soft: number, hard: number): string =>
	soft === hard ? `${name}=${soft}` : `${name}=${soft}:${hard}`;

/** `systempaths=unconfined` is a client's word for other fields of the engine. */
export const declaredSecurity = ({ security_opt = [] }: Service): string | undefined =>
	securityText(security_opt.filter((option) => option !== 'systempaths=unconfined'));

/** The engine adds `label=disable` by itself where a container shares the host's processes, or is privileged. */
export const observedSecurity = ({ hostConfig }: ContainerDetails): string | undefined => {
	const options = hostConfig['SecurityOpt'];
	return Array.isArray(options) ? securityText(options.map(String)) : undefined;
};

const securityText = (options: readonly string[]): string | undefined =>
	sortedList(options.map(securityOption).filter((option) => option !== 'label=disable'));

/** A profile is a file here and its content there: that there is one is all that can be compared. */
const securityOption = (option: string): string =>
	seccompProfileFile(option) === undefined ? option.replace(/^([\w-]+):/, '$1=') : 'seccomp=profile';
