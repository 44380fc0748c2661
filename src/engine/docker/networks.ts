import type { Labels } from '../labels.ts';
import type { NetworkApi, NetworkSummary } from '../network-api.ts';
import { endpointSettings } from './convert/endpoint-settings.ts';
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
		async listNetworks({ labels, names, ids }) {
			if (names?.length === 0 || ids?.length === 0) return [];
			const path = withQuery('/networks', { filters: filters({ label: labels, name: names, id: ids }) });
			const found = ((await session.read('list networks', path)) as readonly RawNetwork[]).map(networkSummary);
			for (const { id, name } of found) session.names.learn(id, name);
			// The engine's name filter also matches parts of names.
			return names === undefined ? found : found.filter(({ name }) => names.includes(name));
		},

		async createNetwork(network, labels) {
			const body = networkBody(network, labels, await session.apiVersion());
			const created = await session.write(`create network \`${network.name}\``, (docker) => docker.createNetwork(body));
			session.names.learn(created.id, network.name);
			return { id: created.id };
		},

		async removeNetwork(id) {
			await session.write(`remove network \`${session.names.of(id)}\``, (docker) => docker.getNetwork(id).remove());
		},

		async connectNetwork(networkId, containerId, endpoint) {
			await session.write(
				`connect container \`${session.names.of(containerId)}\` to network \`${endpoint.network}\``,
				(docker) =>
					docker.getNetwork(networkId).connect({ Container: containerId, EndpointConfig: endpointSettings(endpoint) }),
			);
		},

		async disconnectNetwork(networkId, containerId) {
			await session.write(
				`disconnect container \`${session.names.of(containerId)}\` from network \`${session.names.of(networkId)}\``,
				(docker) => docker.getNetwork(networkId).disconnect({ Container: containerId, Force: true }),
			);
		},
	};
}

const networkSummary = (raw: RawNetwork): NetworkSummary => ({
	id: raw.Id,
	name: raw.Name,
	labels: raw.Labels ?? {},
	settings: { ...raw },
});
