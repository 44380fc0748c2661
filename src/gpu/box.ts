import type { GpuContainer, Reservation, Waiting } from './holder.ts';
import type { Inventory } from './inventory.ts';

/** All that plans know of an engine's GPUs, as seen in one moment. */
export interface GpuBox {
	/** Without GPUs where there is none, or none is known. */
	readonly inventory: Inventory;
	/** There may be some, of which nothing tells. */
	readonly isUntold?: boolean;
	readonly containers: readonly GpuContainer[];
	/** What others were given and have not started yet. */
	readonly reserved?: readonly Reservation[] | undefined;
	/** From how many bytes a process without a container counts. */
	readonly busyBytes: number;
	/** Who asks; stands in labels, so that others know whom to talk to. */
	readonly user?: string | undefined;
	/** Those who wait and come before the one who asks. */
	readonly queue?: readonly Waiting[] | undefined;
	/** Who asks would wait: plans are made without what can't be had now, and never carried out. */
	readonly mayWait?: boolean | undefined;
	/** What the command line says for all services. */
	readonly mode?: GpuMode | undefined;
}

/** `optional`: without where there is none; `none`: without anyhow. */
export type GpuMode = 'optional' | 'none';
