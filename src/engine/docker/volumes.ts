import type { Labels } from '../labels.ts';
import type { VolumeApi } from '../volume-api.ts';
import { filters, withQuery } from './query.ts';
import type { EngineSession } from './session.ts';

interface RawVolumeList {
	readonly Volumes?: readonly { readonly Name: string; readonly Labels?: Labels | null }[] | null;
}

export function volumeApi(session: EngineSession): VolumeApi {
	return {
		async listVolumes({ labels, names }) {
			if (names?.length === 0) return [];
			const path = withQuery('/volumes', { filters: filters({ label: labels, name: names }) });
			const { Volumes: raw } = (await session.read('list volumes', path)) as RawVolumeList;
			const found = (raw ?? []).map((volume) => ({ name: volume.Name, labels: volume.Labels ?? {} }));
			// The engine's name filter also matches parts of names.
			return names === undefined ? found : found.filter(({ name }) => names.includes(name));
		},

		async createVolume(volume, labels) {
			await session.write(`create volume \`${volume.name}\``, (docker) =>
				docker.createVolume({
					Name: volume.name,
					...(volume.driver !== undefined && { Driver: volume.driver }),
					...(volume.driver_opts !== undefined && { DriverOpts: { ...volume.driver_opts } }),
					Labels: { ...labels },
				}),
			);
		},

		async removeVolume(name) {
			await session.write(`remove volume \`${name}\``, (docker) => docker.getVolume(name).remove());
		},
	};
}
