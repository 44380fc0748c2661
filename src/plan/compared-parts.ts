import type { ContainerDetails } from '../engine/container-api.ts';
import { readList, readNumber, readRecord, readText, readRecords as records } from '../engine/unread.ts';
import type { DeviceRequest } from '../model/deploy.ts';
import type { DeviceMapping } from '../model/device.ts';
import { parseDuration } from '../model/duration.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import { sortedList as joined, type Unread } from './comparison.ts';

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
export const declaredMounts = ({ volumes = [] }: Service): string | undefined =>
	joined(
		volumes.map(
			({ type, source, target, read_only }) =>
				`${type === 'bind' ? `${source}:` : ''}${target}${read_only ? ':ro' : ''}`,
		),
	);

export const observedMounts = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined([
		...readList(hostConfig['Binds']).map(bindText),
		...records(hostConfig['Mounts']).map((mount) => {
			const source = mount['Type'] === 'bind' ? `${readText(mount['Source']) ?? ''}:` : '';
			return `${source}${readText(mount['Target']) ?? ''}${mount['ReadOnly'] === true ? ':ro' : ''}`;
		}),
	]);

function bindText(bind: string): string {
	const [source = '', target = '', options = ''] = bind.split(':');
	return `${source.startsWith('/') ? `${source}:` : ''}${target}${options.split(',').includes('ro') ? ':ro' : ''}`;
}

export function declaredDevices({ devices = [], gpus = [], deploy }: Service): string | undefined {
	const reserved = deploy?.resources.reservations?.devices ?? [];
	const withGpu = gpus.map((request) => ({ ...request, capabilities: [...(request.capabilities ?? []), 'gpu'] }));
	return joined([...devices.map(mappingText), ...[...reserved, ...withGpu].map(deviceText)]);
}

const deviceText = ({ driver, count, device_ids = [], capabilities = [] }: DeviceRequest): string =>
	[
		driver ?? 'any driver',
		device_ids.length > 0 ? device_ids.join('+') : `count ${count ?? 0}`,
		[...new Set(capabilities)].join('+'),
	].join(' ');

/** A device that a plugin knows is the same name on both sides; `rwm` is what everybody may. */
const mappingText = ({ source, target, permissions }: DeviceMapping): string =>
	[
		source,
		...(target === source && permissions === 'rwm' ? [] : [target]),
		...(permissions === 'rwm' ? [] : [permissions]),
	].join(':');

const pluginDriver = 'cdi';

/** What labc chose is as declared: the label keeps what was asked for. */
export const observedDevices = (details: ContainerDetails): string | undefined => {
	const asked = readText(readRecord(details.config['Labels'])[label.gpuAsked]);
	return asked === undefined ? grantedDevices(details) : asked.replaceAll('; ', ', ');
};

const grantedDevices = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined([
		...records(hostConfig['Devices']).map((device) =>
			mappingText({
				source: readText(device['PathOnHost']) ?? '',
				target: readText(device['PathInContainer']) ?? '',
				permissions: readText(device['CgroupPermissions']) ?? '',
			}),
		),
		...records(hostConfig['DeviceRequests']).flatMap((request) => {
			if (request['Driver'] === pluginDriver) return readList(request['DeviceIDs']);
			const capabilities = Array.isArray(request['Capabilities']) ? request['Capabilities'].flatMap(readList) : [];
			const driver = readText(request['Driver']);
			return deviceText({
				...(driver !== undefined && { driver }),
				count: readNumber(request['Count']) ?? 0,
				device_ids: readList(request['DeviceIDs']),
				capabilities,
			});
		}),
	]);

/** Entries without options end in no colon. */
export const declaredTmpfs = ({ tmpfs = [] }: Service): string | undefined =>
	joined(tmpfs.map((entry) => entry.replace(/:$/, '')));

export const observedTmpfs = ({ hostConfig }: ContainerDetails): string | undefined =>
	joined(
		Object.entries(readRecord(hostConfig['Tmpfs'])).map(([target, options]) =>
			options ? `${target}:${options}` : target,
		),
	);

/** Ports offered to other containers: the image's and published ones are among them. */
export function declaredExpose({ expose = [], ports = [] }: Service, image: Unread): string | undefined {
	const published = ports.map(({ target, protocol }) => `${target}/${protocol}`);
	const offered = [...Object.keys(readRecord(image['ExposedPorts'])), ...expose].map(withProtocol);
	return joined(offered.filter((port) => !published.includes(port)));
}

export function observedExpose({ config, hostConfig }: ContainerDetails): string | undefined {
	const published = Object.keys(readRecord(hostConfig['PortBindings']));
	return joined(
		Object.keys(readRecord(config['ExposedPorts']))
			.map(withProtocol)
			.filter((port) => !published.includes(port)),
	);
}

const withProtocol = (port: string): string => (port.includes('/') ? port : `${port}/tcp`);

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
