import type { VolumeApi, VolumeSummary } from '../engine/volume-api.ts';

/**
 * Locks are volumes, since the engine makes a volume of one name once, however many ask for it. No project can have
 * such a name: a project's own volumes have `_` where a lock has its dot.
 */
export const lockVolumeName = (lock: string, number: number): string => `${prefixOf(lock)}${number}`;

export const prefixOf = (lock: string): string => `labc-lock-${lock}.`;

export interface LockVolume {
	readonly number: number;
	readonly volume: VolumeSummary;
}

/** The lock on an engine's GPUs. Its dot keeps it apart from projects. */
export const gpuLock = 'engine.gpus';

const watchEnding = '.watch';

/** The lock on the watching of a project, held as long as somebody watches it. */
export const watchLock = (projectName: string): string => `${projectName}${watchEnding}`;

/** The project whose watching a lock is on; undefined for other locks. */
export const watchedProject = (lock: string): string | undefined =>
	lock.endsWith(watchEnding) ? lock.slice(0, -watchEnding.length) : undefined;

/** All volumes of the lock. */
export const listLockVolumes = (engine: Pick<VolumeApi, 'listVolumes'>, lock: string): Promise<readonly LockVolume[]> =>
	listNumbered(engine, prefixOf(lock));

/** Volumes called `prefix` and a number. Found by name, for one that is just being made may not show its labels yet. */
export async function listNumbered(
	engine: Pick<VolumeApi, 'listVolumes'>,
	prefix: string,
): Promise<readonly LockVolume[]> {
	return numberedIn(await engine.listVolumes({ namePrefix: prefix }), prefix);
}

/** Those of a list that are called so, from the lowest number. */
export const numberedIn = (volumes: readonly VolumeSummary[], prefix: string): readonly LockVolume[] =>
	volumes
		.filter(({ name }) => name.startsWith(prefix) && /^[1-9]\d*$/.test(name.slice(prefix.length)))
		.map((volume) => ({ number: Number(volume.name.slice(prefix.length)), volume }))
		.sort((a, b) => a.number - b.number);
