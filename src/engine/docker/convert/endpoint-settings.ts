import type { EndpointSpec } from '../../container-api.ts';

export interface EndpointSettings {
	readonly Aliases: string[];
	readonly Links?: string[];
	readonly IPAMConfig?: {
		readonly IPv4Address?: string;
		readonly IPv6Address?: string;
		readonly LinkLocalIPs?: string[];
	};
	readonly IPAddress?: string;
	readonly GlobalIPv6Address?: string;
	readonly MacAddress?: string;
	readonly DriverOpts?: Record<string, string>;
	readonly GwPriority?: number;
}

/** A container's place in one network, as the engine takes it. */
export function endpointSettings(endpoint: EndpointSpec): EndpointSettings {
	const { aliases, links, ipv4Address, ipv6Address, macAddress, driverOptions, gatewayPriority } = endpoint;
	return {
		Aliases: [...aliases],
		...(links !== undefined && { Links: [...links] }),
		...addresses(endpoint),
		...(ipv4Address !== undefined && { IPAddress: ipv4Address }),
		...(ipv6Address !== undefined && { GlobalIPv6Address: ipv6Address }),
		...(macAddress !== undefined && { MacAddress: macAddress }),
		...(driverOptions !== undefined && { DriverOpts: { ...driverOptions } }),
		...(gatewayPriority !== undefined && { GwPriority: gatewayPriority }),
	};
}

function addresses({ isConfigured = false, ipv4Address, ipv6Address, linkLocalAddresses }: EndpointSpec) {
	if (!isConfigured) return {};
	return {
		IPAMConfig: {
			...(ipv4Address !== undefined && { IPv4Address: ipv4Address }),
			...(ipv6Address !== undefined && { IPv6Address: ipv6Address }),
			...(linkLocalAddresses !== undefined && { LinkLocalIPs: [...linkLocalAddresses] }),
		},
	};
}
