import type { BindOptions, Mount, VolumeOptions } from '../../../model/mount.ts';
import type { BoundFile, ContainerSpec } from '../../container-api.ts';
import { bytes } from './numbers.ts';

/**
 * Volumes in the engine's two ways to say them: `Binds` for what that old form can express (it makes missing host
 * folders), `Mounts` for the rest. The choice is docker compose's, so that both make equal containers.
 */
export function mountConfig(spec: Pick<ContainerSpec, 'service' | 'volumeNames' | 'inheritedVolumes' | 'boundFiles'>) {
	const all = (spec.service.volumes ?? []).map((mount) => ({ mount, source: sourceOf(mount, spec) }));
	const fits = (mount: Mount) => fitsBind(mount) && !isForeign(mount, spec);
	const binds = all.flatMap(({ mount, source }) =>
		source !== undefined && fits(mount) ? [bindText(source, mount)] : [],
	);
	const mounts = [
		...all.filter(({ mount, source }) => source === undefined || !fits(mount)).map(mountBodyOf),
		...undeclaredVolumes(spec),
		...(spec.boundFiles ?? []).map(boundFile),
	];
	return { ...(binds.length > 0 && { Binds: binds }), ...(mounts.length > 0 && { Mounts: mounts }) };
}

/** Anonymous volumes of the image's, which the file says nothing of. */
function undeclaredVolumes({ service, inheritedVolumes }: Pick<ContainerSpec, 'service' | 'inheritedVolumes'>) {
	const declared = new Set(service.volumes?.map(({ target }) => target));
	return [...inheritedVolumes]
		.filter(([target]) => !declared.has(target))
		.map(([target, source]) => inheritedVolume(source, { target }));
}

/** docker compose gives secrets options to bind with, empty ones, and configs none. */
const boundFile = ({ kind, source, target }: BoundFile): object => ({
	Type: 'bind',
	Source: source,
	Target: target,
	ReadOnly: true,
	...(kind === 'secret' && { BindOptions: {} }),
});

function sourceOf(
	{ type, source, target }: Mount,
	{ volumeNames, inheritedVolumes }: Pick<ContainerSpec, 'volumeNames' | 'inheritedVolumes'>,
): string | undefined {
	if (type !== 'volume') return source;
	return source === undefined ? inheritedVolumes.get(target) : (volumeNames.get(source) ?? source);
}

/** An anonymous volume taken over from the container that is replaced: it is there, so nothing says how to make it. */
const inheritedVolume = (source: string, { target, read_only }: Pick<Mount, 'target' | 'read_only'>): object => ({
	Type: 'volume',
	Source: source,
	Target: target,
	...(read_only === true && { ReadOnly: true }),
});

/** A volume that the project does not declare: only `run -v` may name one. */
const isForeign = ({ type, source }: Mount, { volumeNames }: Pick<ContainerSpec, 'volumeNames'>): boolean =>
	type === 'volume' && source !== undefined && !volumeNames.has(source);

function fitsBind({ type, source, bind, volume }: Mount): boolean {
	if (type === 'bind')
		return bind === undefined || (bind.create_host_path === true && !(bind.propagation ?? bind.recursive));
	if (type !== 'volume' || source === undefined) return false;
	return (volume?.nocopy ?? volume?.subpath ?? volume?.labels) === undefined;
}

function bindText(source: string, { target, read_only, bind }: Mount): string {
	const options = [read_only === true ? 'ro' : 'rw', ...(bind?.selinux === undefined ? [] : [bind.selinux])];
	return `${source}:${target}:${options.join(',')}`;
}

const mountBodyOf = ({ mount, source }: { readonly mount: Mount; readonly source: string | undefined }): object =>
	mount.type === 'volume' && mount.source === undefined && source !== undefined
		? inheritedVolume(source, mount)
		: mountBody(source, mount);

const mountBody = (source: string | undefined, mount: Mount): object => ({
	Type: mount.type,
	...(source !== undefined && { Source: source }),
	Target: mount.target,
	...(mount.read_only === true && { ReadOnly: true }),
	...(mount.consistency !== undefined && { Consistency: mount.consistency }),
	...(mount.bind !== undefined && { BindOptions: bindOptions(mount.bind) }),
	...(mount.volume !== undefined && { VolumeOptions: volumeOptions(mount.volume) }),
	...(mount.tmpfs !== undefined && { TmpfsOptions: tmpfsOptions(mount.tmpfs) }),
	...(mount.image?.subpath !== undefined && { ImageOptions: { Subpath: mount.image.subpath } }),
});

const bindOptions = ({ propagation, create_host_path, recursive }: BindOptions) => ({
	...(propagation !== undefined && { Propagation: propagation }),
	...(create_host_path === true && { CreateMountpoint: true }),
	...(recursive !== undefined && recursions[recursive]),
});

/** How mounts below the bound folder are treated. */
const recursions = {
	enabled: {},
	disabled: { NonRecursive: true },
	writable: { ReadOnlyNonRecursive: true },
	readonly: { ReadOnlyForceRecursive: true },
} as const;

const volumeOptions = ({ nocopy, subpath, labels }: VolumeOptions) => ({
	...(nocopy === true && { NoCopy: true }),
	...(subpath !== undefined && { Subpath: subpath }),
	...(labels !== undefined && { Labels: { ...labels } }),
});

const tmpfsOptions = ({ size, mode }: NonNullable<Mount['tmpfs']>) => ({
	...(size !== undefined && { SizeBytes: bytes(size) }),
	...(mode !== undefined && { Mode: mode }),
});
