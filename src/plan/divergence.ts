import type { ImageDetails } from '../engine/image-api.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { contentChanges } from './content-digests.ts';
import type { Declared } from './declared.ts';
import { explainChange } from './explain-change.ts';
import { carriesHash } from './hash-form.ts';
import type { FieldChange, Reason } from './reason.ts';
import { findNetwork } from './resource-fate.ts';
import type { Sharing } from './shared-reference.ts';
import { shmChange } from './shm-size.ts';

interface DivergenceInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly sharing: Sharing;
}

/** Why the container can't stay as it is; empty where it can. Lists decide; details, where given, only explain. */
export function divergence(
	container: ObservedContainer,
	{ name, service }: Declared,
	{ project, state, sharing }: DivergenceInput,
): readonly Reason[] {
	const image = state.images.get(imageReference(project, name, service));
	return [
		...hashChange(container, name, { project, image, sharing }),
		...imageChange(container, image),
		...shmChange(container, { name, service }, { project, state }),
		...contentChanges(service, container.labels, state.contents),
		...leftNetworks(container, service, { project, state }).map((field) => ({ field, words: 'not attached' })),
		...missingVolumes(container, service, project),
	];
}

/** Of a container that is still to be made nobody knows the id yet, which the hash is taken over too. */
function hashChange(
	container: ObservedContainer,
	name: string,
	{
		project,
		image,
		sharing,
	}: Pick<DivergenceInput, 'project' | 'sharing'> & { readonly image: ImageDetails | undefined },
): readonly Reason[] {
	const { settled, open } = sharing;
	if (settled === undefined)
		return open.map(({ attribute, name }) => ({ field: attribute, words: `depends on the container of ${name}` }));
	if (carriesHash(settled, container.configHash)) return [];
	return explainChange(container, { name, service: settled }, { project, image });
}

/** An image that is not there can't be compared: the container stays. */
export function imageChange(container: ObservedContainer, image: ImageDetails | undefined): readonly FieldChange[] {
	const recorded = container.labels[label.image] ?? '';
	if (image === undefined || recorded === image.id) return [];
	return [{ field: 'image', before: shortId(recorded), after: shortId(image.id) }];
}

const shortId = (id: string): string => (id === '' ? '(none)' : `${id.slice(0, 'sha256:'.length + 12)}…`);

/** Declared networks that the container is not attached to, as fields. */
export function leftNetworks(
	container: ObservedContainer,
	service: Service,
	{ project, state }: { readonly project: Project; readonly state: ObservedState },
): readonly string[] {
	const fields: string[] = [];
	for (const key of Object.keys(service.networks ?? {})) {
		const network = project.networks.get(key);
		if (network === undefined) continue;
		const found = findNetwork(project.name, network, state);
		if (!isAttached(container, network.name, found?.id)) fields.push(`networks.${key}`);
	}
	return fields;
}

/** One that was never started is on the network by name only; on another network of that name it would not start. */
function isAttached(container: ObservedContainer, networkName: string, networkId: string | undefined): boolean {
	if (container.state === 'running') {
		return [...container.networks.values()].some((endpoint) => endpoint.networkId === networkId);
	}
	const endpoints = container.networks;
	const endpoint =
		endpoints.get(networkName) ?? [...endpoints.values()].find(({ networkId: id }) => id !== '' && id === networkId);
	return endpoint !== undefined && (endpoint.networkId === '' || endpoint.networkId === networkId);
}

function missingVolumes(container: ObservedContainer, service: Service, project: Project): readonly Reason[] {
	const reasons: Reason[] = [];
	for (const { type, source } of service.volumes ?? []) {
		const volume = type === 'volume' && source !== undefined ? project.volumes.get(source) : undefined;
		if (volume === undefined) continue;
		const isMounted = container.mounts.some((mount) => mount.type === 'volume' && mount.name === volume.name);
		if (!isMounted) reasons.push({ field: `volumes.${source}`, words: `\`${volume.name}\` is not mounted` });
	}
	return reasons;
}
