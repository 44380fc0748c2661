import type { VolumeApi } from '../engine/volume-api.ts';
import { LabcError } from '../errors/labc-error.ts';
import { listNumbered } from './lock-volume.ts';
import { type Owner, readOwner } from './owner.ts';

/**
 * Removes the volumes called `prefix` and a number that carry the owner's token, and nobody else's. A connection that
 * breaks off is tried once more; what can't be removed then stands in nobody's way for long, since its owner ends.
 */
export async function removeOwn(prefix: string, owner: Pick<Owner, 'token'>, engine: VolumeApi): Promise<void> {
	for (const isLast of [false, true]) {
		try {
			return await removeCarriers(prefix, owner, engine);
		} catch (error) {
			if (!(error instanceof LabcError)) throw error;
			if (isLast || error.code !== 'ENGINE_UNREACHABLE') return;
		}
	}
}

async function removeCarriers(prefix: string, { token }: Pick<Owner, 'token'>, engine: VolumeApi): Promise<void> {
	for (const { volume } of await listNumbered(engine, prefix)) {
		if (readOwner(volume.labels)?.token === token) await removeQuietly(volume.name, engine);
	}
}

/** One that is gone already is as wanted. */
export async function removeQuietly(volume: string, engine: Pick<VolumeApi, 'removeVolume'>): Promise<void> {
	try {
		await engine.removeVolume(volume);
	} catch (error) {
		if (!(error instanceof LabcError) || error.code !== 'ENGINE_NOT_FOUND') throw error;
	}
}
