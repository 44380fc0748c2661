import type { Labels } from '../engine/labels.ts';
import type { StringMap } from '../model/service.ts';

/**
 * Names of the labels by which docker compose and every tool beside it know a project's resources. labc writes and
 * reads the same ones, so that a project can move between the tools and nothing is recreated.
 */
export const label = {
	project: 'com.docker.compose.project',
	service: 'com.docker.compose.service',
	network: 'com.docker.compose.network',
	volume: 'com.docker.compose.volume',
	version: 'com.docker.compose.version',
	configHash: 'com.docker.compose.config-hash',
	number: 'com.docker.compose.container-number',
	oneOff: 'com.docker.compose.oneoff',
	slug: 'com.docker.compose.slug',
	image: 'com.docker.compose.image',
	dependsOn: 'com.docker.compose.depends_on',
	replace: 'com.docker.compose.replace',
	workingDir: 'com.docker.compose.project.working_dir',
	configFiles: 'com.docker.compose.project.config_files',
	hook: 'com.docker.compose.hook',
	environmentFile: 'com.docker.compose.project.environment_file',
	/** labc's own: what a container, network or volume was made from, field by field, as digests. */
	fields: 'labc.fields',
	/** labc's own: what the secrets and configs of a container held when it was made, as digests. */
	contents: 'labc.contents',
	/** labc's own: ids of the GPUs a container got, with blanks between them; `none` where it runs without. */
	gpuIds: 'labc.gpu.ids',
	/** What the file asked for where the engine was asked for something else, as comparisons write it, `; ` between. */
	gpuAsked: 'labc.gpu.asked',
	/** `false`: labc was told not to choose. */
	gpuAllot: 'labc.gpu.allot',
	/** labc's own: where in the machine those GPUs are, as not every view of it tells their ids: `0 4:1`. */
	gpuPlaces: 'labc.gpu.places',
	gpuShare: 'labc.gpu.share',
	/** Bytes on each GPU. */
	gpuMemory: 'labc.gpu.memory',
	/** labc's own: bytes of /dev/shm where labc chose them. */
	shm: 'labc.shm',
	/** Who made the container. */
	gpuUser: 'labc.gpu.user',
	/** Set by people: `observer` holds no GPU, whatever it asks for. */
	gpuRole: 'labc.gpu',
} as const;

/** Whether a tool set the label of that name; people set the others. */
export const isToolLabel = (name: string): boolean =>
	name.startsWith('com.docker.compose.') || (name.startsWith('labc.') && name !== label.gpuRole);

/** The docker compose whose labels, names and hashes these are; tools that read the label expect its kind of number. */
export const composeVersion = '2.40.3';

/** What a project's containers have in common. */
export interface ProjectIdentity {
	readonly name: string;
	readonly workingDir: string;
	readonly configFiles: readonly string[];
	readonly environmentFiles: readonly string[];
}

export interface ContainerIdentity {
	readonly service: string;
	readonly configHash: string;
	/** The docker compose whose form the hash has. */
	readonly version: string;
	/** Id of the image the container is made from; empty while nobody knows it. */
	readonly imageId: string;
	/** `name:condition:restart` of each dependency. */
	readonly dependencies: readonly string[];
	/** A replica's number, or a one-off's slug. */
	readonly replica: { readonly number: number; readonly replaces?: string | undefined } | { readonly slug: string };
}

export function containerLabels(
	project: ProjectIdentity,
	identity: ContainerIdentity,
	declared: StringMap = {},
): Labels {
	return {
		...declared,
		[label.project]: project.name,
		[label.service]: identity.service,
		[label.version]: identity.version,
		[label.configHash]: identity.configHash,
		[label.image]: identity.imageId,
		[label.dependsOn]: identity.dependencies.join(','),
		[label.workingDir]: project.workingDir,
		[label.configFiles]: project.configFiles.join(','),
		...(project.environmentFiles.length > 0 && { [label.environmentFile]: project.environmentFiles.join(',') }),
		...replicaLabels(identity.replica),
	};
}

function replicaLabels(replica: ContainerIdentity['replica']): Labels {
	if ('slug' in replica) return { [label.oneOff]: 'True', [label.slug]: replica.slug };
	return {
		[label.oneOff]: 'False',
		[label.number]: String(replica.number),
		...(replica.replaces !== undefined && { [label.replace]: replica.replaces }),
	};
}

/** Labels of a network or a volume; `key` is its name in the file. */
export const resourceLabels = (
	kind: 'network' | 'volume',
	identity: { readonly project: string; readonly key: string; readonly configHash: string },
	declared: StringMap = {},
): Labels => ({
	...declared,
	[label.project]: identity.project,
	[label[kind]]: identity.key,
	[label.version]: composeVersion,
	[label.configHash]: identity.configHash,
});

/** Labels of a container in which a `pre_start` hook runs: it is no container of the service. */
export const hookLabels = (project: string, service: string, declared: StringMap = {}): Labels => ({
	...declared,
	[label.project]: project,
	[label.service]: service,
	[label.version]: composeVersion,
	[label.hook]: 'pre_start',
});

/** Labels of an image that labc builds. */
export const imageLabels = (project: string, service: string): Labels => ({
	[label.project]: project,
	[label.service]: service,
	[label.version]: composeVersion,
});

/** What a project's container is called where its full name may change: `trainer-2`. */
export function containerKey(labels: Labels): string | undefined {
	const { [label.service]: service, [label.number]: number } = labels;
	if (service === undefined) return undefined;
	return number === undefined ? `${service} (one-off)` : `${service}-${number}`;
}
