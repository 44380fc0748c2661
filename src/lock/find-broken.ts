import type { Engine } from '../engine/engine.ts';
import type { Labels } from '../engine/labels.ts';
import { unixSeconds } from '../engine/unix-seconds.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import { listLockVolumes } from './lock-volume.ts';
import { readOwner } from './owner.ts';

const breaker = 'labc.lock.breaks';

/** Carried by the lock of a command that was given `--break-lock`. */
export const breakerLabels: Labels = { [breaker]: 'true' };

/** One lock for good, whatever has its name later. */
export const lockIdentity = ({ name, labels }: VolumeSummary): string => readOwner(labels)?.token ?? name;

/**
 * Identities of the locks that `--break-lock` passes over where nobody can tell whether their owners live: those that
 * are there now. Two commands that break at once would take each other's lock for another's leftover; so one of a
 * command that breaks too is left alone, unless it was there well before this process.
 */
export async function findBroken(
	name: string,
	engine: Pick<Engine, 'listVolumes' | 'machine'>,
): Promise<ReadonlySet<string>> {
	const locks = (await listLockVolumes(engine, name)).map(({ volume }) => volume);
	const leftovers = locks.some(isBreaker) ? await leftoversBefore(engine) : () => true;
	return new Set(locks.filter((lock) => !isBreaker(lock) || leftovers(lock)).map(lockIdentity));
}

const isBreaker = ({ labels }: VolumeSummary): boolean => breaker in labels;

/** Programs that are started at once do not begin at once. */
const apartSeconds = 10;

/** By the engine's clock alone, so that it matters to nobody how this machine's is set. */
async function leftoversBefore(engine: Pick<Engine, 'machine'>): Promise<(lock: VolumeSummary) => boolean> {
	const { time = Number.NaN } = await engine.machine();
	const latest = time - performance.now() / 1000 - apartSeconds;
	return ({ settings }) => (unixSeconds(settings?.['CreatedAt']) ?? Number.NaN) < latest;
}
