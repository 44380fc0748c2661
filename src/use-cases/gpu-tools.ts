import type { Inventory } from '../gpu/inventory.ts';
import type { GpuQueue } from '../queue/queue.ts';

/** How labc gets to know the GPUs of its engine. */
export interface GpuTools {
	/** `none`: there is no GPU; `unknown`: nothing tells. */
	look(): Promise<Inventory | 'none' | 'unknown'>;
	readonly busyBytes: number;
	/** Who asks. */
	user(): Promise<string>;
	/** The same at each call: a command has one place in it. */
	queue(): Promise<GpuQueue>;
}
