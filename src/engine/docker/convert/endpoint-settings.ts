import type { EndpointSpec } from '../../container-api.ts';

export interface EndpointSettings {
	readonly Aliases: string[];
	readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string };
	readonly IPAddress?: string;
	readonly GlobalIPv6Address?: string;
	readonly MacAddress?: string;
}

/** A container's place in one network, as the engine takes it. */
export function endpointSettings({ aliases, ipv4Address, ipv6Address, macAddress }: EndpointSpec): EndpointSettings {
	const hasAddress = ipv4Address !== undefined || ipv6Address !== undefined;
	return {
		Aliases: [...aliases],
		...(hasAddress && {
			IPAMConfig: {
				...(ipv4Address !== undefined && { IPv4Address: ipv4Address }),
				...(ipv6Address !== undefined && { IPv6Address: ipv6Address }),
			},
		}),
		...(ipv4Address !== undefined && { IPAddress: ipv4Address }),
		...(ipv6Address !== undefined && { GlobalIPv6Address: ipv6Address }),
		...(macAddress !== undefined && { MacAddress: macAddress }),
	};
}
