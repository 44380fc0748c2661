import type { ContainerDetails } from '../engine/container-api.ts';
import type { Service } from '../model/service.ts';
import {
	declaredDevices,
	declaredHealthcheck,
	declaredMounts,
	declaredPorts,
	observedDevices,
	observedHealthcheck,
	observedMounts,
	observedPorts,
} from './compared-parts.ts';
import { readFlag, readList, readNumber, readText } from './unread.ts';

type Unread = Readonly<Record<string, unknown>>;

/** One attribute, as the file declares it and as inspect shows it, both as text; undefined: not set. */
export interface ComparedField {
	readonly name: string;
	declared(service: Service, imageConfig: Unread): string | undefined;
	observed(details: ContainerDetails): string | undefined;
}

const list = (items: readonly string[] | undefined): string | undefined =>
	items === undefined || items.length === 0 ? undefined : items.join(', ');

const sorted = (items: readonly string[] | undefined): string | undefined =>
	list(items === undefined ? undefined : [...items].sort());

const words = (items: readonly string[] | null | undefined): string | undefined =>
	items === undefined || items === null || items.length === 0
		? undefined
		: items.map((word) => (/[\s"]|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');

/** Attributes that the engine keeps in `Config`; what the file leaves open is the image's. */
const fromConfig: readonly ComparedField[] = [
	{
		name: 'command',
		declared: ({ command, entrypoint }, image) => words(command ?? (entrypoint === null ? readList(image['Cmd']) : [])),
		observed: ({ config }) => words(readList(config['Cmd'])),
	},
	{
		name: 'entrypoint',
		declared: ({ entrypoint }, image) => words(entrypoint ?? readList(image['Entrypoint'])),
		observed: ({ config }) => words(readList(config['Entrypoint'])),
	},
	{
		name: 'working_dir',
		declared: ({ working_dir }, image) => working_dir ?? readText(image['WorkingDir']),
		observed: ({ config }) => readText(config['WorkingDir']),
	},
	{
		name: 'user',
		declared: ({ user }, image) => user ?? readText(image['User']),
		observed: ({ config }) => readText(config['User']),
	},
	{
		name: 'stop_signal',
		declared: ({ stop_signal }, image) => stop_signal ?? readText(image['StopSignal']),
		observed: ({ config }) => readText(config['StopSignal']),
	},
	{ name: 'tty', declared: ({ tty }) => readFlag(tty), observed: ({ config }) => readFlag(config['Tty']) },
	{
		name: 'stdin_open',
		declared: ({ stdin_open }) => readFlag(stdin_open),
		observed: ({ config }) => readFlag(config['OpenStdin']),
	},
	{
		name: 'domainname',
		declared: ({ domainname }) => domainname,
		observed: ({ config }) => readText(config['Domainname']),
	},
	{ name: 'healthcheck', declared: declaredHealthcheck, observed: observedHealthcheck },
];

const memoryOf = ({ mem_limit, deploy }: Service): string | undefined => mem_limit ?? deploy?.resources.limits?.memory;

const text = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

/** Attributes that the engine keeps in `HostConfig`. */
const fromHostConfig: readonly ComparedField[] = [
	{ name: 'ports', declared: declaredPorts, observed: observedPorts },
	{ name: 'volumes', declared: declaredMounts, observed: observedMounts },
	{ name: 'devices', declared: declaredDevices, observed: observedDevices },
	{
		name: 'privileged',
		declared: ({ privileged }) => readFlag(privileged),
		observed: ({ hostConfig }) => readFlag(hostConfig['Privileged']),
	},
	{
		name: 'read_only',
		declared: ({ read_only }) => readFlag(read_only),
		observed: ({ hostConfig }) => readFlag(hostConfig['ReadonlyRootfs']),
	},
	{ name: 'init', declared: ({ init }) => readFlag(init), observed: ({ hostConfig }) => readFlag(hostConfig['Init']) },
	{ name: 'mem_limit', declared: memoryOf, observed: ({ hostConfig }) => text(readNumber(hostConfig['Memory'])) },
	{
		name: 'cap_add',
		declared: ({ cap_add }) => sorted(cap_add),
		observed: ({ hostConfig }) => sorted(readList(hostConfig['CapAdd'])),
	},
	{
		name: 'cap_drop',
		declared: ({ cap_drop }) => sorted(cap_drop),
		observed: ({ hostConfig }) => sorted(readList(hostConfig['CapDrop'])),
	},
	{ name: 'dns', declared: ({ dns }) => list(dns), observed: ({ hostConfig }) => list(readList(hostConfig['Dns'])) },
	{
		name: 'group_add',
		declared: ({ group_add }) => sorted(group_add),
		observed: ({ hostConfig }) => sorted(readList(hostConfig['GroupAdd'])),
	},
	{ name: 'pid', declared: ({ pid }) => pid, observed: ({ hostConfig }) => readText(hostConfig['PidMode']) },
	{ name: 'restart', declared: declaredRestart, observed: observedRestart },
];

function declaredRestart({ restart, deploy }: Service): string | undefined {
	const policy = deploy?.restart_policy;
	if (policy !== undefined) return restartWords(policy.condition ?? 'any', policy.max_attempts);
	return restart === 'no' ? undefined : restart;
}

function restartWords(condition: string, attempts: number | undefined): string | undefined {
	if (condition === 'none') return undefined;
	if (condition === 'any') return 'always';
	return attempts === undefined ? condition : `${condition}:${attempts}`;
}

function observedRestart({ hostConfig }: ContainerDetails): string | undefined {
	const policy = hostConfig['RestartPolicy'];
	if (typeof policy !== 'object' || policy === null || !('Name' in policy)) return undefined;
	const name = readText(policy.Name);
	const attempts = 'MaximumRetryCount' in policy ? readNumber(policy.MaximumRetryCount) : undefined;
	if (name === undefined || name === 'no') return undefined;
	return attempts === undefined ? name : `${name}:${attempts}`;
}

export const comparedFields: readonly ComparedField[] = [...fromConfig, ...fromHostConfig];
