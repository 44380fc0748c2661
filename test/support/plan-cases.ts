import type { ImageDetails } from '../../src/engine/image-api.ts';
import type { NetworkSummary } from '../../src/engine/network-api.ts';
import type { VolumeSummary } from '../../src/engine/volume-api.ts';
import type { AiModel } from '../../src/model/ai-model.ts';
import type { Config } from '../../src/model/config.ts';
import type { Network } from '../../src/model/network.ts';
import type { Project } from '../../src/model/project.ts';
import type { Secret } from '../../src/model/secret.ts';
import type { Dependency, DependencyCondition, Service } from '../../src/model/service.ts';
import type { Volume } from '../../src/model/volume.ts';
import { hashNetwork, hashService, hashVolume } from '../../src/plan/config-hash.ts';
import { endpointsOf } from '../../src/plan/endpoints.ts';
import { composeVersion, containerLabels, label, resourceLabels } from '../../src/state/labels.ts';
import { containerName } from '../../src/state/names.ts';
import { readContainer } from '../../src/state/observe.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';

export const imageId = `sha256:${'a'.repeat(64)}`;
export const otherImageId = `sha256:${'b'.repeat(64)}`;

/** A service on the default network, made from `app`, but for what is given. */
export const service = (given: Partial<Service> = {}): Service => ({
	command: null,
	entrypoint: null,
	image: 'app',
	networks: { default: null },
	...given,
});

export const needs = (condition: DependencyCondition, more: Partial<Dependency> = {}): Dependency => ({
	condition,
	required: true,
	...more,
});

export interface ProjectParts {
	readonly services: Readonly<Record<string, Service>>;
	readonly disabled?: Readonly<Record<string, Service>>;
	readonly networks?: Readonly<Record<string, Network>>;
	readonly volumes?: Readonly<Record<string, Volume>>;
	readonly secrets?: Readonly<Record<string, Secret>>;
	readonly configs?: Readonly<Record<string, Config>>;
	readonly models?: Readonly<Record<string, AiModel>>;
}

/** A project named `lab` with a default network. */
export const project = ({ services, disabled = {}, networks, volumes = {}, ...more }: ProjectParts): Project => ({
	name: 'lab',
	workingDir: '/lab',
	configFiles: ['/lab/compose.yml'],
	environmentFiles: [],
	services: new Map(Object.entries(services)),
	disabledServices: new Map(Object.entries(disabled)),
	networks: new Map(Object.entries({ default: { name: 'lab_default', ipam: {} }, ...networks })),
	volumes: new Map(Object.entries(volumes)),
	secrets: new Map(Object.entries(more.secrets ?? {})),
	configs: new Map(Object.entries(more.configs ?? {})),
	models: new Map(Object.entries(more.models ?? {})),
	extensions: new Map(),
	labc: { project: {}, services: new Map() },
});

export const image = (given: Partial<ImageDetails> = {}): ImageDetails => ({
	id: imageId,
	labels: {},
	volumes: [],
	config: {},
	...given,
});

/** Ids look like the engine's: 64 hexadecimal digits that tell the containers apart. */
export const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);

export interface ContainerParts extends Partial<ObservedContainer> {
	readonly service: string;
	/** The service as it was when the container was made; by default as the project declares it. */
	readonly madeFrom?: Service;
}

/** A running container as labc makes it, but for what is given. */
export function container(of: Project, { madeFrom, ...given }: ContainerParts): ObservedContainer {
	const declared = madeFrom ?? of.services.get(given.service) ?? service();
	const number = given.number ?? 1;
	const name = given.name ?? containerName(of, given.service, { service: declared, number });
	const labels = containerLabels(of, {
		service: given.service,
		configHash: hashService(declared),
		version: composeVersion,
		imageId,
		dependencies: Object.entries(declared.depends_on ?? {}).map(
			([needed, { condition, restart = false }]) => `${needed}:${condition}:${restart}`,
		),
		replica: given.oneOff ? { slug: 'f'.repeat(64) } : { number },
	});
	const names = endpointsOf(declared, of, []).map(({ network }) => network);
	return {
		...readContainer({
			id: idOf(name),
			name,
			image: declared.image ?? '',
			imageId,
			command: '',
			created: 0,
			state: 'running',
			status: 'Up 3 minutes',
			labels,
			ports: [],
			networks: new Map(names.map((network) => [network, { networkId: idOf(network) }])),
			mounts: mountsOf(of, declared),
		}),
		...given,
	};
}

const mountsOf = (of: Project, { volumes = [] }: Service): ObservedContainer['mounts'] =>
	volumes.map(({ type, source, target }) => {
		const name =
			source === undefined ? `anonymous-${target.replaceAll('/', '')}` : (of.volumes.get(source)?.name ?? source);
		return { type, source: source ?? '', destination: target, ...(type === 'volume' && { name }) };
	});

export const networkSummary = (of: Project, key: string, made?: Network): NetworkSummary => {
	const network = made ?? of.networks.get(key) ?? { name: `${of.name}_${key}`, ipam: {} };
	const labels = resourceLabels('network', { project: of.name, key, configHash: hashNetwork(network) });
	return { id: idOf(network.name), name: network.name, labels: network.external ? {} : labels };
};

export const volumeSummary = (of: Project, key: string, made?: Volume): VolumeSummary => {
	const volume = made ?? of.volumes.get(key) ?? { name: `${of.name}_${key}` };
	const labels = resourceLabels('volume', { project: of.name, key, configHash: hashVolume(volume) });
	return { name: volume.name, labels: volume.external ? {} : labels };
};

export interface StateParts {
	readonly containers?: readonly ObservedContainer[];
	readonly networks?: readonly NetworkSummary[];
	readonly volumes?: readonly VolumeSummary[];
	readonly images?: Readonly<Record<string, ImageDetails>>;
}

export const state = ({
	containers = [],
	networks = [],
	volumes = [],
	images = { app: image() },
}: StateParts = {}): ObservedState => ({
	containers,
	networks: Map.groupBy(networks, ({ name }) => name),
	volumes: new Map(volumes.map((volume) => [volume.name, volume])),
	images: new Map(Object.entries(images)),
});

/** The project with everything it declares: networks, volumes, one running container a service. */
export const stateOf = (of: Project, given: StateParts = {}): ObservedState =>
	state({
		containers: [...of.services.keys()].map((name) => container(of, { service: name })),
		networks: [...of.networks.keys()].map((key) => networkSummary(of, key)),
		volumes: [...of.volumes.keys()].map((key) => volumeSummary(of, key)),
		...given,
	});

export const foreign = <T extends { readonly labels: Readonly<Record<string, string>> }>(
	resource: T,
	owner?: string,
): T => {
	const { [label.project]: _own, ...labels } = resource.labels;
	return { ...resource, labels: owner === undefined ? labels : { ...labels, [label.project]: owner } };
};
