import type { VolumeApi } from '../engine/volume-api.ts';
import { judgeOwner } from '../lock/judge-owner.ts';
import { describeOwner, readOwner } from '../lock/owner.ts';
import { probeProcess, thisProcess } from '../lock/this-process.ts';
import type { LockFact } from './facts.ts';

/** Every lock on the engine, of whatever project. */
export async function listLocks(engine: Pick<VolumeApi, 'listVolumes'>): Promise<readonly LockFact[]> {
	const volumes = await engine.listVolumes({ namePrefix: 'labc-lock-' });
	const here = thisProcess();
	return volumes.flatMap(({ labels }) => {
		const name = labels['labc.lock'];
		if (name === undefined) return [];
		const owner = readOwner(labels);
		return [{ name, holder: describeOwner(owner), liveness: judgeOwner(owner, here, probeProcess) }];
	});
}
