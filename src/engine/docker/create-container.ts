import type { ContainerSpec } from '../container-api.ts';
import { toContainerBody } from './convert/container-body.ts';
import { endpointSettings } from './convert/endpoint-settings.ts';
import { postJson } from './post-json.ts';
import type { EngineSession } from './session.ts';

interface CreatedContainer {
	readonly id: string;
	readonly warnings: readonly string[];
}

/** Older engines take one network at creation: the others are connected before anything can start the container. */
export async function createContainer(session: EngineSession, spec: ContainerSpec): Promise<CreatedContainer> {
	const { body, query, connectAfter } = toContainerBody(spec, await session.apiVersion());
	const created = (await session.write(`create container \`${spec.name}\``, (docker) =>
		postJson(docker, { path: '/containers/create', query, body }),
	)) as RawCreated;
	session.names.learn(created.Id, spec.name);
	for (const endpoint of connectAfter) {
		await session.write(`connect container \`${spec.name}\` to network \`${endpoint.network}\``, (docker) =>
			docker
				.getNetwork(endpoint.network)
				.connect({ Container: created.Id, EndpointConfig: endpointSettings(endpoint) }),
		);
	}
	return { id: created.Id, warnings: created.Warnings ?? [] };
}

interface RawCreated {
	readonly Id: string;
	readonly Warnings?: readonly string[] | null;
}
