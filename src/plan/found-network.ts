import type { NetworkSummary } from '../engine/network-api.ts';
import { readRecord, readRecords, readText } from '../engine/unread.ts';
import type { IpamPool, Network } from '../model/network.ts';

/** The definition with which the engine would make the network again as it is; undefined where nobody listed it. */
export function networkAsFound({ name, settings }: NetworkSummary): Network | undefined {
	if (settings === undefined) return undefined;
	const { Driver, Options, IPAM, Internal, Attachable, EnableIPv4, EnableIPv6 } = settings;
	const ipam = readRecord(IPAM);
	const driver = readText(Driver);
	const ipamDriver = readText(ipam['Driver']);
	return {
		name,
		...(driver !== undefined && { driver }),
		driver_opts: textsIn(Options),
		ipam: { ...(ipamDriver !== undefined && { driver: ipamDriver }), config: readRecords(ipam['Config']).map(poolOf) },
		...(Internal === true && { internal: true }),
		...(Attachable === true && { attachable: true }),
		...(typeof EnableIPv4 === 'boolean' && { enable_ipv4: EnableIPv4 }),
		...(typeof EnableIPv6 === 'boolean' && { enable_ipv6: EnableIPv6 }),
	};
}

function poolOf(pool: Readonly<Record<string, unknown>>): IpamPool {
	const [subnet, gateway, range] = [pool['Subnet'], pool['Gateway'], pool['IPRange']].map(readText);
	return {
		...(subnet !== undefined && { subnet }),
		...(gateway !== undefined && { gateway }),
		...(range !== undefined && { ip_range: range }),
		...('AuxiliaryAddresses' in pool && { aux_addresses: textsIn(pool['AuxiliaryAddresses']) }),
	};
}

const textsIn = (record: unknown): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(readRecord(record)).map(([key, value]) => [key, String(value)]));

/** Whether addresses that fit into `other` fit into the network too. */
export function hasPoolsOf({ ipam }: Network, other: Network): boolean {
	const subnets = new Set(ipam.config?.map(({ subnet }) => subnet));
	return (other.ipam.config ?? []).every(({ subnet }) => subnets.has(subnet));
}
