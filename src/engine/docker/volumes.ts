import type { Labels } from '../labels.ts';
import type { VolumeApi, VolumeSummary } from '../volume-api.ts';
import { filters, withQuery } from './query.ts';
import type { EngineSession } from './session.ts';

interface RawVolume {
	readonly Name: string;
	readonly Labels?: Labels | null;
	readonly Driver?: string;
	readonly Scope?: string;
	readonly Mountpoint?: string;
}

interface RawVolumeList {
	readonly Volumes?: readonly RawVolume[] | null;
}

export function volumeApi(session: EngineSession): VolumeApi {
	return {
		async listVolumes({ labels, names, namePrefix = '' }) {
			if (names?.length === 0) return [];
			const name = names ?? (namePrefix === '' ? undefined : [namePrefix]);
			const path = withQuery('/volumes', { filters: filters({ label: labels, name }) });
			const { Volumes: raw } = (await session.read('list volumes', path)) as RawVolumeList;
			// The engine's name filter also matches parts of names.
			return (raw ?? [])
				.map(volumeSummary)
				.filter((found) => found.name.startsWith(namePrefix) && (names?.includes(found.name) ?? true));
		},

		async describeVolumes(labels) {
			const path = withQuery('/volumes', { filters: filters({ label: labels }) });
			const { Volumes: raw } = (await session.read('list volumes', path)) as RawVolumeList;
			return (raw ?? []).map((volume) => ({
				...volumeSummary(volume),
				driver: volume.Driver ?? '',
				scope: volume.Scope ?? '',
				mountpoint: volume.Mountpoint ?? '',
			}));
		},

		async createVolume(volume, labels) {
			const made = await session.change(`create volume \`${volume.name}\``, {
				path: '/volumes/create',
				body: {
					Name: volume.name,
					...(volume.driver !== undefined && { Driver: volume.driver }),
					...(volume.driver_opts !== undefined && { DriverOpts: volume.driver_opts }),
					Labels: labels,
				},
			});
			return volumeSummary(made as RawVolume);
		},

		async removeVolume(name) {
			const path = `/volumes/${encodeURIComponent(name)}`;
			await session.change(`remove volume \`${name}\``, { method: 'DELETE', path });
		},
	};
}

const volumeSummary = (raw: RawVolume): VolumeSummary => ({
	name: raw.Name,
	labels: raw.Labels ?? {},
	settings: { ...raw },
});
