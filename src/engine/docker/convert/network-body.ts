import type { IpamPool, Network } from '../../../model/network.ts';
import type { Labels } from '../../labels.ts';
import { compareApiVersions } from '../api-version.ts';

/** From here on engines refuse a second network of the same name by themselves. */
const namesUniqueSince = '1.44';

/** The body of `POST /networks/create`. */
export const networkBody = (network: Network, labels: Labels, apiVersion: string) => ({
	Name: network.name,
	...(compareApiVersions(apiVersion, namesUniqueSince) < 0 && { CheckDuplicate: true }),
	...(network.driver !== undefined && { Driver: network.driver }),
	...(network.driver_opts !== undefined && { Options: { ...network.driver_opts } }),
	...(network.internal === true && { Internal: true }),
	...(network.attachable === true && { Attachable: true }),
	...(network.enable_ipv4 !== undefined && { EnableIPv4: network.enable_ipv4 }),
	...(network.enable_ipv6 !== undefined && { EnableIPv6: network.enable_ipv6 }),
	...ipam(network),
	Labels: { ...labels },
});

function ipam({ ipam: { driver, config } }: Network) {
	if (driver === undefined && config === undefined) return {};
	return { IPAM: { ...(driver !== undefined && { Driver: driver }), Config: (config ?? []).map(ipamPool) } };
}

const ipamPool = ({ subnet, gateway, ip_range, aux_addresses }: IpamPool) => ({
	...(subnet !== undefined && { Subnet: subnet }),
	...(gateway !== undefined && { Gateway: gateway }),
	...(ip_range !== undefined && { IPRange: ip_range }),
	...(aux_addresses !== undefined && { AuxiliaryAddresses: { ...aux_addresses } }),
});
