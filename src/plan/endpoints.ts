import type { EndpointSpec } from '../engine/container-api.ts';
import { compareText } from '../model/ordered-entries.ts';
import type { Project } from '../model/project.ts';
import type { NetworkAttachment, Service } from '../model/service.ts';

/** The service's endpoints, the one of the highest priority first; by key where it is equal. */
export function endpointsOf(
	service: Service,
	project: Pick<Project, 'networks'>,
	names: readonly string[],
): readonly EndpointSpec[] {
	return Object.entries(service.networks ?? {})
		.sort(([a, left], [b, right]) => (right?.priority ?? 0) - (left?.priority ?? 0) || compareText(a, b))
		.map(([key, attachment], index) => ({
			network: project.networks.get(key)?.name ?? key,
			aliases: [...names, ...(attachment?.aliases ?? [])],
			...(attachment !== null && { isConfigured: true }),
			...addressesOf(attachment ?? {}, index === 0 ? service.mac_address : undefined),
			...optionsOf(attachment ?? {}),
		}));
}

function addressesOf(
	{ ipv4_address, ipv6_address, link_local_ips, mac_address }: NetworkAttachment,
	ownMacAddress: string | undefined,
) {
	const macAddress = mac_address ?? ownMacAddress;
	return {
		...(ipv4_address !== undefined && { ipv4Address: ipv4_address }),
		...(ipv6_address !== undefined && { ipv6Address: ipv6_address }),
		...(link_local_ips !== undefined && { linkLocalAddresses: link_local_ips }),
		...(macAddress !== undefined && { macAddress }),
	};
}

/** The engine takes the interface's name as one of the driver's options. */
function optionsOf({ driver_opts, interface_name, gw_priority }: NetworkAttachment) {
	const name = interface_name === undefined ? {} : { 'com.docker.network.endpoint.ifname': interface_name };
	const hasOptions = driver_opts !== undefined || interface_name !== undefined;
	return {
		...(hasOptions && { driverOptions: { ...driver_opts, ...name } }),
		...(gw_priority !== undefined && { gatewayPriority: gw_priority }),
	};
}
