import type { Labels } from '../engine/labels.ts';
import type { VolumeApi } from '../engine/volume-api.ts';
import { listNumbered } from '../lock/lock-volume.ts';
import { type Owner, readOwner } from '../lock/owner.ts';

/** Makes the volume called `prefix` and the number behind the highest there is; gives that number. */
export async function makeNumbered(
	engine: Pick<VolumeApi, 'listVolumes' | 'createVolume'>,
	prefix: string,
	{ labels, owner: { token } }: { readonly labels: Labels; readonly owner: Pick<Owner, 'token'> },
): Promise<number> {
	const last = (await listNumbered(engine, prefix)).at(-1)?.number ?? 0;
	for (let number = last + 1; ; number += 1) {
		const made = await engine.createVolume({ name: `${prefix}${number}` }, labels);
		if (readOwner(made.labels)?.token === token) return number;
	}
}
