import type { ContainerSpec } from '../engine/container-api.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerLabels } from '../state/labels.ts';
import { containerName, imageReference, replacementName } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { serviceTexts } from './config-hash.ts';
import { contentsLabel } from './content-digests.ts';
import type { Declared } from './declared.ts';
import { endpointsOf } from './endpoints.ts';
import { fieldsLabel } from './field-digests.ts';
import { hashInForm, versionOf } from './hash-form.ts';
import type { HashForm } from './plan.ts';
import { serviceFiles } from './service-files.ts';

export interface ReplicaRequest extends Declared {
	readonly number: number;
	/** The container this one takes the place of. */
	readonly replaces?: ObservedContainer;
	readonly renewAnonymousVolumes?: boolean;
	readonly hashForm: HashForm;
}

/** All that is needed to make one replica. A replacement is made under a name of its own; the plan renames it. */
export function replicaSpec(request: ReplicaRequest, project: Project, state: ObservedState): ContainerSpec {
	const { name, service, number, replaces } = request;
	const finalName = containerName(project, name, { service, number });
	const configHash = hashInForm(service, request.hashForm);
	const identity = { ...identityOf(request, project, state), configHash, version: versionOf(request.hashForm) };
	const { separator = '-' } = project;
	const replica =
		replaces === undefined
			? { number }
			: { number, replaces: service.container_name ?? [name, number].join(separator) };
	return {
		...specBasis(request, project),
		name: replaces === undefined ? finalName : replacementName(replaces.id, finalName),
		labels: {
			...containerLabels(project, { ...identity, replica }, service.labels),
			...fieldsLabel(serviceTexts(service), configHash),
			...contentsLabel(service, state.contents),
		},
		networks: endpointsOf(service, project, [finalName, name]),
		inheritedVolumes:
			replaces === undefined || request.renewAnonymousVolumes ? new Map() : anonymousVolumes(request, project, state),
	};
}

/** The parts that replicas and one-offs have alike. */
export function specBasis(
	{ name, service }: Declared,
	project: Project,
): Pick<ContainerSpec, 'service' | 'image' | 'defaultPlatform' | 'networkMode' | 'volumeNames' | 'boundFiles'> {
	const { bound } = serviceFiles(service, project);
	const hasNetworks = Object.keys(service.networks ?? {}).length > 0;
	return {
		service,
		image: imageReference(project, name, service),
		...(project.defaultPlatform !== undefined && { defaultPlatform: project.defaultPlatform }),
		...(!hasNetworks && { networkMode: service.network_mode ?? 'none' }),
		volumeNames: volumeNames(service, project),
		...(bound.length > 0 && { boundFiles: bound }),
	};
}

export function identityOf({ name, service }: Declared, project: Project, state: ObservedState) {
	return {
		service: name,
		imageId: state.images.get(imageReference(project, name, service))?.id ?? '',
		dependencies: Object.entries(service.depends_on ?? {}).map(
			([needed, { condition, restart = false }]) => `${needed}:${condition}:${restart}`,
		),
	};
}

function volumeNames(service: Service, project: Project): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const { type, source } of service.volumes ?? []) {
		const volume = type === 'volume' && source !== undefined ? project.volumes.get(source) : undefined;
		if (source !== undefined && volume !== undefined) names.set(source, volume.name);
	}
	return names;
}

/** Old anonymous volumes, so that what a container kept there is still there in its replacement. */
function anonymousVolumes(
	{ name, service, replaces }: ReplicaRequest,
	project: Project,
	state: ObservedState,
): ReadonlyMap<string, string> {
	const image = state.images.get(imageReference(project, name, service));
	const declared = new Map((service.volumes ?? []).map((mount) => [mount.target, mount]));
	const isAnonymous = (target: string): boolean => {
		const mount = declared.get(target);
		return mount === undefined
			? image?.volumes.includes(target) === true
			: mount.type === 'volume' && mount.source === undefined;
	};
	const inherited = new Map<string, string>();
	for (const { type, name: volume, destination } of replaces?.mounts ?? []) {
		if (type === 'volume' && volume !== undefined && isAnonymous(destination)) inherited.set(destination, volume);
	}
	return inherited;
}
