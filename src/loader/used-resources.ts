import type { AiModel } from '../model/ai-model.ts';
import type { Build } from '../model/build.ts';
import type { Config } from '../model/config.ts';
import type { Network } from '../model/network.ts';
import type { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';

export interface Resources {
	readonly networks: ReadonlyMap<string, Network>;
	readonly volumes: ReadonlyMap<string, Volume>;
	readonly secrets: ReadonlyMap<string, Secret>;
	readonly configs: ReadonlyMap<string, Config>;
	readonly models: ReadonlyMap<string, AiModel>;
}

interface Users {
	readonly services: ReadonlyMap<string, Service> | 'all';
	/** Of services that are not among them. */
	readonly builds?: readonly Build[];
}

/** The resources that services and builds use; the others are no part of the project. */
export function usedResources(resources: Resources, { services, builds = [] }: Users): Resources {
	const { networks, volumes, secrets, configs, models } = resources;
	if (services === 'all') return { networks, volumes, secrets, configs, models };
	const all = [...services.values()];
	return {
		networks: keep(networks, all.flatMap(networksOf)),
		volumes: keep(volumes, all.flatMap(volumesOf)),
		secrets: keep(secrets, [...all.flatMap(secretsOf), ...builds.flatMap(buildSecretsOf)]),
		configs: keep(configs, all.flatMap(configsOf)),
		models: keep(models, all.flatMap(modelsOf)),
	};
}

export const networksOf = (service: Service): readonly string[] => Object.keys(service.networks ?? {});

const volumesOf = (service: Service): readonly string[] =>
	(service.volumes ?? []).flatMap(({ type, source }) => (type === 'volume' && source !== undefined ? [source] : []));

const secretsOf = (service: Service): readonly string[] => [
	...(service.secrets ?? []).map(({ source }) => source),
	...(service.build === undefined ? [] : buildSecretsOf(service.build)),
];

const buildSecretsOf = ({ secrets = [] }: Build): readonly string[] => secrets.map(({ source }) => source);

const configsOf = (service: Service): readonly string[] => (service.configs ?? []).map(({ source }) => source);

export const modelsOf = (service: Service): readonly string[] => Object.keys(service.models ?? {});

function keep<T>(resources: ReadonlyMap<string, T>, used: readonly string[]): ReadonlyMap<string, T> {
	const names = new Set(used);
	return new Map([...resources].filter(([name]) => names.has(name)));
}
