import type { Network } from '../model/network.ts';
import type { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';

export interface Resources {
	readonly networks: ReadonlyMap<string, Network>;
	readonly volumes: ReadonlyMap<string, Volume>;
	readonly secrets: ReadonlyMap<string, Secret>;
}

/** The resources that `services` use; the others are no part of the project. */
export function usedResources(resources: Resources, services: ReadonlyMap<string, Service> | 'all'): Resources {
	const { networks, volumes, secrets } = resources;
	if (services === 'all') return { networks, volumes, secrets };
	const all = [...services.values()];
	return {
		networks: keep(networks, all.flatMap(networksOf)),
		volumes: keep(volumes, all.flatMap(volumesOf)),
		secrets: keep(secrets, all.flatMap(secretsOf)),
	};
}

export const networksOf = (service: Service): readonly string[] => Object.keys(service.networks ?? {});

const volumesOf = (service: Service): readonly string[] =>
	(service.volumes ?? []).flatMap(({ type, source }) => (type === 'volume' && source !== undefined ? [source] : []));

export const secretsOf = (service: Service): readonly string[] =>
	(service.build?.secrets ?? []).map(({ source }) => source);

function keep<T>(resources: ReadonlyMap<string, T>, used: readonly string[]): ReadonlyMap<string, T> {
	const names = new Set(used);
	return new Map([...resources].filter(([name]) => names.has(name)));
}
