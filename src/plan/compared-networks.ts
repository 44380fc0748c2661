import type { ContainerDetails, EndpointSpec } from '../engine/container-api.ts';
import { readList, readNumber, readRecord, readText } from '../engine/unread.ts';
import { externalLinks } from '../model/external-links.ts';
import type { Project } from '../model/project.ts';
import { label } from '../state/labels.ts';
import { mapText, namespaceText, sortedList } from './comparison.ts';
import type { Declared } from './declared.ts';
import { endpointsOf } from './endpoints.ts';
import { isInternalLink } from './links.ts';

export interface Difference {
	readonly field: string;
	readonly before: string | undefined;
	readonly after: string | undefined;
}

/** What differs in how the container is in its networks. One it is not attached to at all is told by the lists. */
export function networkDifferences(
	details: ContainerDetails,
	{ name, service }: Declared,
	project: Project,
): readonly Difference[] {
	const endpoints = endpointsOf(service, project, []);
	const keys = new Map(Object.keys(service.networks ?? {}).map((key) => [project.networks.get(key)?.name ?? key, key]));
	const number = Number(readRecord(details.config['Labels'])[label.number]);
	const isDeclared = (link: string): boolean => isInternalLink(link, { service, number }, project);
	const links = sortedList(externalLinks(service) ?? []);
	const isAutomatic = (alias: string): boolean =>
		alias === name || alias === details.name || details.id.startsWith(alias);
	return [
		mode(details, endpoints[0]?.network ?? service.network_mode),
		...endpoints.flatMap((endpoint) => {
			const observed = details.endpoints[endpoint.network];
			if (observed === undefined) return [];
			return [
				...endpointDifferences(`networks.${keys.get(endpoint.network)}`, endpoint, { observed, isAutomatic }),
				{
					field: 'external_links',
					before: sortedList(readList(readRecord(observed)['Links']).filter((link) => !isDeclared(link))),
					after: links,
				},
			];
		}),
		...(endpoints.length === 0 ? [] : left(details, endpoints)),
	].filter(({ before, after }) => before !== after);
}

const mode = ({ hostConfig }: ContainerDetails, declared: string | undefined): Difference => {
	const before = namespaceText(readText(hostConfig['NetworkMode']));
	return { field: 'network_mode', before, after: before === undefined ? undefined : namespaceText(declared) };
};

const left = ({ endpoints }: ContainerDetails, declared: readonly EndpointSpec[]): readonly Difference[] =>
	Object.keys(endpoints)
		.filter((network) => !declared.some((endpoint) => endpoint.network === network))
		.map((network) => ({ field: `networks.${network}`, before: 'attached', after: undefined }));

/** The engine gives a hardware address where the file does not. */
function endpointDifferences(
	field: string,
	endpoint: EndpointSpec,
	{ observed, isAutomatic }: { readonly observed: unknown; readonly isAutomatic: (alias: string) => boolean },
): readonly Difference[] {
	const settings = readRecord(observed);
	const ipam = readRecord(settings['IPAMConfig']);
	const aliases = readList(settings['Aliases']).filter((alias) => !isAutomatic(alias));
	const own = endpoint.aliases.filter((alias) => !isAutomatic(alias));
	return [
		{ field: `${field}.aliases`, before: sortedList(aliases), after: sortedList(own) },
		{ field: `${field}.ipv4_address`, before: readText(ipam['IPv4Address']), after: endpoint.ipv4Address },
		{ field: `${field}.ipv6_address`, before: readText(ipam['IPv6Address']), after: endpoint.ipv6Address },
		{
			field: `${field}.link_local_ips`,
			before: sortedList(readList(ipam['LinkLocalIPs'])),
			after: sortedList(endpoint.linkLocalAddresses),
		},
		...(endpoint.macAddress === undefined ? [] : [hardwareAddress(field, settings, endpoint.macAddress)]),
		{
			field: `${field}.driver_opts`,
			before: mapText(readRecord(settings['DriverOpts'])),
			after: mapText(endpoint.driverOptions ?? {}),
		},
		{
			field: `${field}.gw_priority`,
			before: readNumber(settings['GwPriority'])?.toString(),
			after: (endpoint.gatewayPriority || undefined)?.toString(),
		},
	];
}

/** A container that never ran has none yet. */
const hardwareAddress = (field: string, settings: Readonly<Record<string, unknown>>, declared: string): Difference => ({
	field: `${field}.mac_address`,
	before: readText(settings['MacAddress'])?.toLowerCase() ?? declared.toLowerCase(),
	after: declared.toLowerCase(),
});
