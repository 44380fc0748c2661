import type { GpuContainer } from './holder.ts';
import type { Inventory } from './inventory.ts';

/** All that plans know of an engine's GPUs, as seen in one moment. */
export interface GpuBox {
	/** Without GPUs where there is none. */
	readonly inventory: Inventory;
	readonly containers: readonly GpuContainer[];
	/** From how many bytes a process without a container counts. */
	readonly busyBytes: number;
	/** Who asks; stands in labels, so that others know whom to talk to. */
	readonly user?: string | undefined;
	/** What the command line says for all services. */
	readonly mode?: GpuMode | undefined;
}

/** `optional`: without where there is none; `none`: without anyhow. */
export type GpuMode = 'optional' | 'none';
