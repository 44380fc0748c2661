import { scalarNode, sequenceNode } from '../document/node.ts';
import { nodeAt, toPlain } from '../document/plain.ts';
import { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import { canonicalMounts } from '../loader/canonical/mounts.ts';
import { parseShortPort } from '../loader/canonical/ports.ts';
import { splitShellWords } from '../loader/canonical/shell-words.ts';
import type { Mount } from '../model/mount.ts';
import type { Port } from '../model/port.ts';
import type { Service, StringMap } from '../model/service.ts';

/** What the command line says about a one-off container, over what the file says. */
export interface RunOverrides {
	/** Empty: the service's own. */
	readonly command: readonly string[];
	/** Replaces the entrypoint and, with it, the command. */
	readonly entrypoint?: string | undefined;
	/** `KEY=value`, or `KEY` for the caller's own value; where the caller has none, the service's stays. */
	readonly environment: readonly string[];
	/** What files given by `--env-from-file` set. */
	readonly environmentFromFiles: ReadonlyMap<string, string>;
	readonly user?: string | undefined;
	readonly workingDir?: string | undefined;
	readonly volumes: readonly string[];
	readonly publish: readonly string[];
	/** Publish the service's own ports; a one-off publishes none otherwise. */
	readonly servicePorts: boolean;
	readonly labels: readonly string[];
	readonly capAdd: readonly string[];
	readonly capDrop: readonly string[];
	readonly tty: boolean;
	readonly input: boolean;
}

export interface Surroundings {
	readonly lookup: (name: string) => string | undefined;
	/** Makes a host path absolute. */
	readonly resolvePath: (path: string) => string;
}

/** The service as the one-off runs it: never restarted, and in nobody's way. */
export function overrideService(service: Service, overrides: RunOverrides, surroundings: Surroundings): Service {
	const { container_name: _name, restart: _restart, stdin_open: _stdin, tty: _tty, ports: _ports, ...kept } = service;
	const { restart_policy: _policy, ...deploy } = service.deploy ?? {};
	const ports = chosenPorts(service, overrides);
	return {
		...kept,
		...commandOf(service, overrides),
		...(service.deploy !== undefined && { deploy: deploy as NonNullable<Service['deploy']> }),
		environment: { ...service.environment, ...environmentOf(overrides, surroundings) },
		...(overrides.user !== undefined && { user: overrides.user }),
		...(overrides.workingDir !== undefined && { working_dir: overrides.workingDir }),
		...(overrides.input && { stdin_open: true }),
		...(overrides.tty && { tty: true }),
		...(ports.length > 0 && { ports }),
		labels: { ...service.labels, ...labelsOf(overrides.labels) },
		...capabilities(service, overrides),
		...volumesOf(service, overrides, surroundings),
	};
}

function commandOf(service: Service, { command, entrypoint }: RunOverrides): Pick<Service, 'command' | 'entrypoint'> {
	if (entrypoint === undefined) {
		return { command: command.length > 0 ? command : service.command, entrypoint: service.entrypoint };
	}
	const words = splitShellWords(entrypoint);
	if (words === undefined)
		throw usage(`\`--entrypoint ${entrypoint}\` has a quote that is not closed`, 'Close the quote.');
	return { command: command.length > 0 ? command : [], entrypoint: words.length > 0 ? words : noEntrypoint };
}

/** The engine takes an empty list for none given, and would use the image's. */
const noEntrypoint = [''];

function environmentOf(
	{ environment, environmentFromFiles }: RunOverrides,
	{ lookup }: Surroundings,
): Readonly<Record<string, string>> {
	const given = new Map(environmentFromFiles);
	for (const entry of environment) {
		const [key, value] = splitAtEquals(entry);
		if (key === '')
			throw usage(`\`-e ${entry}\` has no name before \`=\``, 'Write it as `-e NAME=value`, or `-e NAME`.');
		const chosen = value ?? lookup(key);
		if (chosen !== undefined) given.set(key, chosen);
	}
	return Object.fromEntries(given);
}

function chosenPorts(service: Service, { servicePorts, publish }: RunOverrides): readonly Port[] {
	if (!servicePorts) return publish.flatMap(parsePort);
	if (publish.length > 0) {
		throw usage('--service-ports and --publish are incompatible', 'Give one of the two.');
	}
	return service.ports ?? [];
}

function parsePort(text: string): readonly Port[] {
	const ports = parseShortPort(text);
	if (typeof ports === 'string') {
		throw usage(
			`\`--publish ${text}\` is not a port: ${ports}`,
			'Write it as `[HOST_IP:][HOST_PORT:]PORT[/PROTOCOL]`.',
		);
	}
	return ports.map(({ host_ip, published, ...port }) => ({
		...port,
		...(host_ip !== undefined && { host_ip }),
		...(published !== undefined && { published }),
	}));
}

function labelsOf(labels: readonly string[]): StringMap {
	return Object.fromEntries(
		labels.map((entry) => {
			const [key, value] = splitAtEquals(entry);
			if (value === undefined || key === '')
				throw usage(`\`--label ${entry}\` has no value`, 'Write it as `--label KEY=value`.');
			return [key, value];
		}),
	);
}

/** What is added is dropped no more, and the other way round. */
function capabilities(service: Service, { capAdd, capDrop }: RunOverrides): Pick<Service, 'cap_add' | 'cap_drop'> {
	const added = [...(service.cap_add ?? []).filter((name) => !capDrop.includes(name)), ...capAdd];
	const dropped = [...(service.cap_drop ?? []).filter((name) => !capAdd.includes(name)), ...capDrop];
	return {
		...(service.cap_add !== undefined || capAdd.length > 0 ? { cap_add: [...new Set(added)] } : {}),
		...(service.cap_drop !== undefined || capDrop.length > 0 ? { cap_drop: [...new Set(dropped)] } : {}),
	};
}

/** A volume takes the place of the service's one at the same target. */
function volumesOf(service: Service, { volumes }: RunOverrides, surroundings: Surroundings): Pick<Service, 'volumes'> {
	if (volumes.length === 0) return service.volumes === undefined ? {} : { volumes: service.volumes };
	const given = volumes.map((text) => parseMount(text, surroundings));
	const targets = new Set(given.map(({ target }) => target));
	return { volumes: [...(service.volumes ?? []).filter(({ target }) => !targets.has(target)), ...given] };
}

function parseMount(text: string, { resolvePath }: Surroundings): Mount {
	const at = { source: { path: '--volume', text }, offset: 0 };
	const findings = new Findings();
	const list = canonicalMounts(sequenceNode([scalarNode(text, at)], at), { path: ['--volume'], findings });
	const [problem] = findings.errors;
	if (problem !== undefined) throw usage(problem.message, problem.hint ?? 'Write it as `SOURCE:TARGET[:ro]`.');
	const mount = toPlain(nodeAt(list, [0]) ?? list) as object as Mount;
	return mount.type === 'bind' && mount.source !== undefined ? { ...mount, source: resolvePath(mount.source) } : mount;
}

function splitAtEquals(text: string): readonly [key: string, value: string | undefined] {
	const equals = text.indexOf('=');
	return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

const usage = (message: string, hint: string): LabcError => new LabcError('USAGE_INVALID', message, { hint });
