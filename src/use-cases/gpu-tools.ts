import type { Inventory } from '../gpu/inventory.ts';

/** How labc gets to know the GPUs of its engine. */
export interface GpuTools {
	/** `none`: there is no GPU; `unknown`: nothing tells. */
	look(): Promise<Inventory | 'none' | 'unknown'>;
	readonly busyBytes: number;
	/** Who asks. */
	user(): Promise<string>;
}
