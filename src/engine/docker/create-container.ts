import { LabcError } from '../../errors/labc-error.ts';
import type { ContainerSpec } from '../container-api.ts';
import { connectNetwork } from './connect-network.ts';
import { toContainerBody } from './convert/container-body.ts';
import type { EngineSession } from './session.ts';

interface CreatedContainer {
	readonly id: string;
	readonly warnings: readonly string[];
}

/** Older engines take one network at creation: the others are connected before anything can start the container. */
export async function createContainer(session: EngineSession, spec: ContainerSpec): Promise<CreatedContainer> {
	const { body, query, connectAfter } = toContainerBody(spec, await session.apiVersion());
	const call = `create container \`${spec.name}\``;
	const created = (await session.change(call, { path: '/containers/create', query, body }).catch((error: unknown) => {
		throw orImageMissing(error, spec);
	})) as RawCreated;
	session.names.learn(created.Id, spec.name);
	for (const endpoint of connectAfter) {
		await connectNetwork(session, { network: endpoint.network, container: created.Id, endpoint });
	}
	return { id: created.Id, warnings: created.Warnings ?? [] };
}

/** Neither pulled nor built before, because that was not allowed. */
function orImageMissing(error: unknown, { name, image, service }: ContainerSpec): unknown {
	const isMissing =
		error instanceof LabcError && error.code === 'ENGINE_NOT_FOUND' && /no such image/i.test(error.message);
	if (!isMissing) return error;
	const hint =
		service.build === undefined
			? `Run \`docker pull ${image}\`, or let it be pulled: without \`--pull never\` and \`pull_policy: never\`.`
			: 'Leave `--no-build` out.';
	return new LabcError(
		'IMAGE_UNAVAILABLE',
		`cannot create container \`${name}\`: its image \`${image}\` is not there`,
		{
			cause: error,
			hint,
		},
	);
}

interface RawCreated {
	readonly Id: string;
	readonly Warnings?: readonly string[] | null;
}
