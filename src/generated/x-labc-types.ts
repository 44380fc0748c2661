// Generated from schemas/ by scripts/generate-validator.ts. Do not edit.

/**
 * Settings for labc that docker compose ignores.
 */
export interface XLabc {
	gpu?: Gpu;
	/**
	 * `auto` sizes /dev/shm of all services that ask for GPUs, as it does in one service.
	 */
	shm?: 'auto';
}
/**
 * How GPUs are given out.
 *
 * This interface was referenced by `XLabc`'s JSON-Schema
 * via the `definition` "gpu".
 */
export interface Gpu {
	/**
	 * Where sharers go: `spread` to the GPU with the fewest of them, `pack` to the one with the most.
	 */
	policy?: 'spread' | 'pack';
	/**
	 * Whether the service's containers may be on one GPU with others that share.
	 */
	share?: boolean;
	/**
	 * How much memory each container needs on each of its GPUs, in bytes or with a unit as in `20g`. Sharers get it as their part.
	 */
	memory?: number | string;
	/**
	 * Whether the service runs without a GPU where there is none.
	 */
	optional?: boolean;
	/**
	 * Whether labc itself picks the GPUs. Without it the engine is asked as the file asks.
	 */
	allot?: boolean;
}
/**
 * Settings of one service.
 *
 * This interface was referenced by `XLabc`'s JSON-Schema
 * via the `definition` "service".
 */
export interface Service {
	gpu?: Gpu;
	/**
	 * `auto` sizes /dev/shm: half of the memory that the container may use, or that the engine's machine has where that is less, and 8 GiB at most.
	 */
	shm?: 'auto';
}
