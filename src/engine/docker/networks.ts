import type { Labels } from '../labels.ts';
import type { NetworkApi, NetworkSummary } from '../network-api.ts';
import { connectNetwork } from './connect-network.ts';
import { networkBody } from './convert/network-body.ts';
import { filters, withQuery } from './query.ts';
import type { EngineSession } from './session.ts';

interface RawNetwork {
	readonly Id: string;
	readonly Name: string;
	readonly Labels?: Labels | null;
}

export function networkApi(session: EngineSession): NetworkApi {
	return {
		async listNetworks({ labels, names }) {
			if (names?.length === 0) return [];
			const path = withQuery('/networks', { filters: filters({ label: labels, name: names }) });
			const found = ((await session.read('list networks', path)) as readonly RawNetwork[]).map(networkSummary);
			for (const { id, name } of found) session.names.learn(id, name);
			// The engine's name filter also matches parts of names.
			return names === undefined ? found : found.filter(({ name }) => names.includes(name));
		},

		async createNetwork(network, labels) {
			const body = networkBody(network, labels, await session.apiVersion());
			const path = '/networks/create';
			const { Id: id } = (await session.change(`create network \`${network.name}\``, { path, body })) as RawCreated;
			session.names.learn(id, network.name);
			return { id };
		},

		async removeNetwork(id) {
			await session.change(`remove network \`${session.names.of(id)}\``, { method: 'DELETE', path: pathOf(id) });
		},

		connectNetwork: (network, container, endpoint) => connectNetwork(session, { network, container, endpoint }),

		async disconnectNetwork(networkId, containerId) {
			await session.change(
				`disconnect container \`${session.names.of(containerId)}\` from network \`${session.names.of(networkId)}\``,
				{ path: `${pathOf(networkId)}/disconnect`, body: { Container: containerId, Force: true } },
			);
		},
	};
}

interface RawCreated {
	readonly Id: string;
}

const pathOf = (network: string): string => `/networks/${encodeURIComponent(network)}`;

const networkSummary = (raw: RawNetwork): NetworkSummary => ({
	id: raw.Id,
	name: raw.Name,
	labels: raw.Labels ?? {},
	settings: { ...raw },
});
