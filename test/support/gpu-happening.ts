import type { GpuRequest } from './gpu-actor.ts';

/** What may happen next on a machine with GPUs. */
export type Happening =
	| { readonly type: 'begin'; readonly request: GpuRequest; readonly choice: number }
	/** Something goes on in one of the processes. */
	| { readonly type: 'step'; readonly choice: number; readonly timers: boolean }
	| { readonly type: 'kill'; readonly choice: number; readonly arrives: boolean }
	| { readonly type: 'interrupt'; readonly choice: number }
	/** A container ends, be it labc's or a stranger's. */
	| { readonly type: 'end'; readonly choice: number }
	/** The engine starts one again that its policy brings back. */
	| { readonly type: 'return'; readonly choice: number }
	| { readonly type: 'stranger'; readonly wants: GpuRequest['wants'] }
	/** A process of the host takes a GPU, or lets it go. */
	| { readonly type: 'host'; readonly index: number }
	| { readonly type: 'cancel'; readonly choice: number };

/** What a world may lack, to show that it matters. */
export interface Lacking {
	readonly lock?: true;
	/** Nobody sees the tickets of others. */
	readonly queue?: true;
	/** Nobody is known to be dead. */
	readonly deaths?: true;
}
