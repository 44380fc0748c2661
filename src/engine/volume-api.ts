import type { Volume } from '../model/volume.ts';
import type { LabelFilter, Labels } from './labels.ts';

export interface VolumeApi {
	listVolumes(filter: {
		readonly labels?: LabelFilter;
		readonly names?: readonly string[];
	}): Promise<readonly VolumeSummary[]>;
	createVolume(volume: Volume, labels: Labels): Promise<void>;
	removeVolume(name: string): Promise<void>;
}

export interface VolumeSummary {
	readonly name: string;
	readonly labels: Labels;
}
