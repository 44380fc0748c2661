import type { Volume } from '../model/volume.ts';
import type { LabelFilter, Labels } from './labels.ts';

export interface VolumeApi {
	listVolumes(filter: {
		readonly labels?: LabelFilter;
		readonly names?: readonly string[];
		readonly namePrefix?: string;
	}): Promise<readonly VolumeSummary[]>;
	/** The volumes that carry all of `labels`, as listings show them. */
	describeVolumes(labels: LabelFilter): Promise<readonly VolumeDescription[]>;
	/** Where there is a volume of that name it stays as it is; the labels that come back are those it has. */
	createVolume(volume: Volume, labels: Labels): Promise<VolumeSummary>;
	removeVolume(name: string): Promise<void>;
}

export interface VolumeSummary {
	readonly name: string;
	readonly labels: Labels;
	/** The engine's own entry of its list, unread; absent where nobody listed it. */
	readonly settings?: Readonly<Record<string, unknown>>;
}

export interface VolumeDescription extends VolumeSummary {
	readonly driver: string;
	/** `local`, or `global` where all engines of a swarm share it. */
	readonly scope: string;
	readonly mountpoint: string;
}
