import type { ContainerDetails, ContainerSummary } from '../engine/container-api.ts';
import type { ImageDetails } from '../engine/image-api.ts';
import type { NetworkSummary } from '../engine/network-api.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { ContentDigests } from './content-digests.ts';

/** What the engine holds of a project at one moment, as its lists tell. */
export interface ObservedState {
	readonly containers: readonly ObservedContainer[];
	/** By the engine's name, or the id where the project names one by it. Those it did not make are here too. */
	readonly networks: ReadonlyMap<string, readonly NetworkSummary[]>;
	/** By the engine's name. */
	readonly volumes: ReadonlyMap<string, VolumeSummary>;
	/** Local images by the reference a service uses. A reference without an entry is not there. */
	readonly images: ReadonlyMap<string, ImageDetails>;
	/** Containers in which `pre_start` hooks ran, which stay only where they failed; absent where no service has one. */
	readonly hookContainers?: readonly ContainerSummary[];
	/** What else is on the engine, of other projects or of none; only where a volume may be recreated. */
	readonly strangers?: readonly ContainerSummary[];
	/** Bytes of the engine's machine; only where something is sized by it. */
	readonly machineMemory?: number | undefined;
	/** What secrets and configs hold now; absent where no service uses any, or no digest can be made. */
	readonly contents?: ContentDigests | undefined;
}

/** A container of the project, its docker compose labels read. */
export interface ObservedContainer extends ContainerSummary {
	readonly service: string;
	/** Undefined on one-offs. */
	readonly number: number | undefined;
	readonly oneOff: boolean;
	readonly configHash: string;
	/** Read from the list's status text. */
	readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined;
	/** Read from the list's status text; undefined while it runs. */
	readonly exitCode: number | undefined;
	/** How many of the project's containers were made after it: the list begins with the newest, `created` tells seconds only. */
	readonly newer?: number;
	/** What inspect told; only where the plan asked for details. */
	readonly details?: ContainerDetails;
}
