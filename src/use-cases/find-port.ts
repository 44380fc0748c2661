import type { PublishedPort } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import { observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { pickContainer, type WantedContainer } from './pick-container.ts';

export interface FindPortRequest extends WantedContainer {
	readonly port: number;
	readonly protocol: string;
}

/** Where a port of a service's container can be reached on the host. */
export async function findPort(
	engine: Pick<Engine, 'listContainers'>,
	request: FindPortRequest,
): Promise<{ readonly ip: string; readonly port: number }> {
	const replicas = (await observeContainers(engine, request.projectName)).filter(({ oneOff }) => !oneOff);
	const container = pickContainer(replicas, request);
	const found = container.ports.find(
		({ privatePort, type, publicPort }) =>
			privatePort === request.port && type === request.protocol && publicPort !== undefined,
	);
	if (found?.publicPort === undefined) throw notPublished(container, request);
	return { ip: found.ip ?? '0.0.0.0', port: found.publicPort };
}

function notPublished({ name, ports }: ObservedContainer, { port, protocol, service }: FindPortRequest): LabcError {
	const published = [...new Set(ports.filter(isPublished).map((other) => `${other.privatePort}/${other.type}`))];
	return new LabcError('USAGE_INVALID', `container \`${name}\` does not publish port ${port}/${protocol}`, {
		hint:
			published.length === 0
				? `Publish it with \`ports:\` of service \`${service}\`.`
				: `Ask for one that it publishes: ${published.join(', ')}.`,
	});
}

const isPublished = ({ publicPort }: PublishedPort): boolean => publicPort !== undefined;
