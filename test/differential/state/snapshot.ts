import { docker } from '../../scenario/scenario.ts';
import { type Memory, wordFor } from './memory.ts';

type Inspected = Readonly<Record<string, unknown>> & { readonly Id?: string; readonly Name: string };

/** All the engine holds of a project, with everything that chance decides left out or put into stable words. */
export interface Snapshot {
	/** Container → what became of it since the last look: `created`, `kept`, `recreated`, `restarted`, `removed`. */
	readonly changes: Readonly<Record<string, string>>;
	readonly containers: Readonly<Record<string, unknown>>;
	readonly networks: Readonly<Record<string, unknown>>;
	readonly volumes: Readonly<Record<string, unknown>>;
}

export async function takeSnapshot(project: string, memory: Memory): Promise<Snapshot> {
	const [containers, networks, volumes] = await Promise.all([
		inspectAll(['ps', '-aq', '--no-trunc'], project),
		inspectAll(['network', 'ls', '-q', '--no-trunc'], project),
		inspectAll(['volume', 'ls', '-q'], project),
	]);
	const changes = memory.look(containers.map(toLook));
	nameAnonymousVolumes(containers, memory);
	for (const { Id, Name } of networks) if (Id !== undefined) memory.words.set(Id, `<network ${Name}>`);
	const show = (value: unknown): unknown => stable(value, '', memory);
	return {
		changes,
		containers: byName(containers, (container) => show(comparable(container))),
		networks: byName(networks, show),
		volumes: byName(volumes, show),
	};
}

/** An anonymous volume is called after the container that had it first, so that it is seen when another one takes it over. */
function nameAnonymousVolumes(containers: readonly Inspected[], { words }: Memory): void {
	for (const { Id = '', Mounts } of containers as readonly (Inspected & { readonly Mounts: readonly Mounted[] })[]) {
		for (const { Name = '', Destination } of Mounts) {
			if (/^[0-9a-f]{64}$/.test(Name) && !words.has(Name))
				words.set(Name, `<volume of ${words.get(Id)} at ${Destination}>`);
		}
	}
}

interface Mounted {
	readonly Name?: string;
	readonly Destination: string;
}

async function inspectAll(list: readonly string[], project: string): Promise<readonly Inspected[]> {
	const names = await docker(...list, '--filter', `label=com.docker.compose.project=${project}`);
	if (names === '') return [];
	const kind = list[0] === 'ps' ? 'container' : String(list[0]);
	return JSON.parse(await docker(kind, 'inspect', ...names.split('\n'))) as Inspected[];
}

function toLook(container: Inspected) {
	const { State, Config } = container as Inspected & {
		readonly State: { readonly StartedAt: string; readonly Status: string };
		readonly Config: { readonly Labels: Readonly<Record<string, string>> };
	};
	const slug = Config.Labels['com.docker.compose.slug'];
	return {
		id: container.Id ?? '',
		name: container.Name.slice(1),
		image: String(container['Image']),
		startedAt: State.StartedAt,
		state: State.Status,
		slug,
	};
}

const byName = (all: readonly Inspected[], show: (value: Inspected) => unknown): Readonly<Record<string, unknown>> =>
	Object.fromEntries(all.map((one) => [wordFor.name(one.Name.replace(/^\//, '')), show(one)]).sort());

/** A hash over a container's id, and the order of what a container waits for, are chance. */
function comparable(container: Inspected): unknown {
	const { Config, HostConfig } = container as Inspected & {
		readonly Config: { readonly Labels: Readonly<Record<string, string>> };
		readonly HostConfig: Readonly<Record<string, unknown>>;
	};
	const sharesAnother =
		['NetworkMode', 'PidMode', 'IpcMode'].some((mode) => String(HostConfig[mode]).startsWith('container:')) ||
		HostConfig['VolumesFrom'] !== null;
	const labels: Record<string, string> = { ...Config.Labels };
	const hash = 'com.docker.compose.config-hash';
	if (sharesAnother || labels['com.docker.compose.oneoff'] === 'True') labels[hash] = '<hash over ids>';
	const depends = labels['com.docker.compose.depends_on'];
	if (depends !== undefined) labels['com.docker.compose.depends_on'] = depends.split(',').sort().join();
	return { ...container, Config: { ...Config, Labels: labels } };
}

const dropped: ReadonlySet<string> = new Set([
	'Id',
	'Created',
	'CreatedAt',
	'EndpointID',
	'ExecIDs',
	'FailingStreak',
	'FinishedAt',
	'Gateway',
	'GlobalIPv6Address',
	'GraphDriver',
	'HostnamePath',
	'HostsPath',
	'IPAddress',
	'IPPrefixLen',
	'IPv4Address',
	'IPv6Gateway',
	'Log',
	'LogPath',
	'MacAddress',
	'Mountpoint',
	'NetworkID',
	'Pid',
	'ResolvConfPath',
	'SandboxID',
	'SandboxKey',
	'Source',
	'StartedAt',
	'Subnet',
]);

const unordered: ReadonlySet<string> = new Set([
	'Aliases',
	'Binds',
	'DNSNames',
	'Env',
	'ExtraHosts',
	'Links',
	'Mounts',
]);

/** The value without chance: ids as words, addresses and times left out, sets sorted, labc's own labels left out. */
function stable(value: unknown, key: string, memory: Memory): unknown {
	if (typeof value === 'string')
		return key === 'HostPort' && Number(value) >= 32_768 ? '<any>' : wordFor.text(value, memory);
	if (Array.isArray(value)) {
		const items = value.map((item) => stable(item, '', memory));
		return unordered.has(key) ? items.sort(byJson) : items;
	}
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([name]) => !dropped.has(name) && !name.startsWith('labc.'));
	return Object.fromEntries(
		entries.map(([name, item]) => [wordFor.text(name, memory), stable(item, name, memory)]).sort(),
	);
}

const byJson = (left: unknown, right: unknown): number => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
