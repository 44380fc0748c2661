import type { EndpointSpec } from '../container-api.ts';
import { endpointSettings } from './convert/endpoint-settings.ts';
import type { EngineSession } from './session.ts';

export interface Connection {
	/** Id or name. */
	readonly network: string;
	readonly container: string;
	readonly endpoint: EndpointSpec;
}

/** Gives a container that is there its place in one more network. */
export async function connectNetwork(
	session: EngineSession,
	{ network, container, endpoint }: Connection,
): Promise<void> {
	const call = `connect container \`${session.names.of(container)}\` to network \`${endpoint.network}\``;
	await session.change(call, {
		path: `/networks/${encodeURIComponent(network)}/connect`,
		body: { Container: container, EndpointConfig: endpointSettings(endpoint) },
	});
}
