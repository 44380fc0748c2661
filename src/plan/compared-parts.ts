import type { ContainerDetails } from '../engine/container-api.ts';
import type { DeviceRequest } from '../model/deploy.ts';
import { parseDuration } from '../model/duration.ts';
import type { Service } from '../model/service.ts';
import { readList, readNumber, readRecord, readText } from './unread.ts';

type Unread = Readonly<Record<string, unknown>>;

const joined = (items: readonly string[]): string | undefined =>
	items.length === 0 ? undefined : [...new Set(items)].sort().join(', ');

const records = (value: unknown): readonly Unread[] => (Array.isArray(value) ? value.map(readRecord) : []);

export const declaredPorts = ({ ports = [] }: Service): string | undefined =>
	joined(
		ports.map(({ host_ip, published, target, protocol }) => portText(host_ip, published, `${target}/${protocol}`)),
	);

export const observedPorts = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined(
		Object.entries(readRecord(hostConfig['PortBindings'])).flatMap(([target, bindings]) =>
			records(bindings).map((binding) => portText(readText(binding['HostIp']), readText(binding['HostPort']), target)),
		),
	);

const portText = (ip: string | undefined, published: string | undefined, target: string): string =>
	`${ip === undefined ? '' : `${ip}:`}${published ?? ''}->${target}`;

/** Where something is mounted and, for host folders, what; a volume's engine name is compared by the lists. */
export const declaredMounts = ({ volumes = [], tmpfs = [] }: Service): string | undefined =>
	joined([
		...volumes.map(
			({ type, source, target, read_only }) =>
				`${type === 'bind' ? `${source}:` : ''}${target}${read_only ? ':ro' : ''}`,
		),
		...tmpfs.map((entry) => entry.split(':')[0] ?? entry),
	]);

export const observedMounts = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined([
		...readList(hostConfig['Binds']).map(bindText),
		...records(hostConfig['Mounts']).map((mount) => {
			const source = mount['Type'] === 'bind' ? `${readText(mount['Source']) ?? ''}:` : '';
			return `${source}${readText(mount['Target']) ?? ''}${mount['ReadOnly'] === true ? ':ro' : ''}`;
		}),
		...Object.keys(readRecord(hostConfig['Tmpfs'])),
	]);

function bindText(bind: string): string {
	const [source = '', target = '', options = ''] = bind.split(':');
	return `${source.startsWith('/') ? `${source}:` : ''}${target}${options.split(',').includes('ro') ? ':ro' : ''}`;
}

export function declaredDevices({ gpus = [], deploy }: Service): string | undefined {
	const reserved = deploy?.resources.reservations?.devices ?? [];
	const withGpu = gpus.map((request) => ({ ...request, capabilities: [...(request.capabilities ?? []), 'gpu'] }));
	return joined([...reserved, ...withGpu].map(deviceText));
}

const deviceText = ({ driver, count, device_ids = [], capabilities = [] }: DeviceRequest): string =>
	[
		driver ?? 'any driver',
		device_ids.length > 0 ? device_ids.join('+') : `count ${count ?? 0}`,
		[...new Set(capabilities)].join('+'),
	].join(' ');

export const observedDevices = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined(
		records(hostConfig['DeviceRequests']).map((request) => {
			const capabilities = Array.isArray(request['Capabilities']) ? request['Capabilities'].flatMap(readList) : [];
			const driver = readText(request['Driver']);
			return deviceText({
				...(driver !== undefined && { driver }),
				count: readNumber(request['Count']) ?? 0,
				device_ids: readList(request['DeviceIDs']),
				capabilities,
			});
		}),
	);

const timings = [
	['interval', 'Interval'],
	['timeout', 'Timeout'],
	['start_period', 'StartPeriod'],
	['start_interval', 'StartInterval'],
] as const;

export function declaredHealthcheck({ healthcheck }: Service, image: Unread): string | undefined {
	if (healthcheck === undefined) return healthcheckText(readRecord(image['Healthcheck']));
	if (healthcheck.disable) return healthcheckText({ Test: ['NONE'] });
	const nanoseconds = timings.map(
		([attribute, key]) => [key, Number(parseDuration(healthcheck[attribute] ?? '0') ?? 0n)] as const,
	);
	return healthcheckText({
		Test: healthcheck.test ?? readList(readRecord(image['Healthcheck'])['Test']),
		Retries: healthcheck.retries,
		...Object.fromEntries(nanoseconds),
	});
}

export const observedHealthcheck = ({ config }: ContainerDetails): string | undefined =>
	healthcheckText(readRecord(config['Healthcheck']));

function healthcheckText(healthcheck: Unread): string | undefined {
	const test = readList(healthcheck['Test']);
	const parts = timings.flatMap(([attribute, key]) => {
		const nanoseconds = readNumber(healthcheck[key]);
		return nanoseconds === undefined ? [] : [`${attribute} ${nanoseconds / 1e9}s`];
	});
	const retries = readNumber(healthcheck['Retries']);
	const all = [
		...(test.length > 0 ? [test.join(' ')] : []),
		...parts,
		...(retries === undefined ? [] : [`retries ${retries}`]),
	];
	return all.length === 0 ? undefined : all.join(', ');
}
