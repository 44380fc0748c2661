import type { Network } from '../model/network.ts';
import type { EndpointSpec } from './container-api.ts';
import type { LabelFilter, Labels } from './labels.ts';

export interface NetworkApi {
	listNetworks(filter: {
		readonly labels?: LabelFilter;
		readonly names?: readonly string[];
	}): Promise<readonly NetworkSummary[]>;
	createNetwork(network: Network, labels: Labels): Promise<{ readonly id: string }>;
	removeNetwork(id: string): Promise<void>;
	connectNetwork(networkId: string, containerId: string, endpoint: EndpointSpec): Promise<void>;
	disconnectNetwork(networkId: string, containerId: string): Promise<void>;
}

export interface NetworkSummary {
	readonly id: string;
	readonly name: string;
	readonly labels: Labels;
	/** The engine's own entry of its list, unread; absent where nobody listed it. */
	readonly settings?: Readonly<Record<string, unknown>>;
}
