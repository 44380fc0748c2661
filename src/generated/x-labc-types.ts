// Generated from schemas/ by scripts/generate-validator.ts. Do not edit.

/**
 * Settings for labc that docker compose ignores.
 */
export interface XLabc {
	gpu?: Gpu;
}
/**
 * How GPUs are given out.
 *
 * This interface was referenced by `XLabc`'s JSON-Schema
 * via the `definition` "gpu".
 */
export interface Gpu {
	/**
	 * How to choose among free GPUs.
	 */
	policy?: 'spread' | 'pack' | 'first';
	/**
	 * Whether several containers may use one GPU.
	 */
	share?: boolean;
	/**
	 * How much free GPU memory a GPU must have, in bytes or with a unit.
	 */
	memory?: number | string;
	/**
	 * Whether the service runs without a GPU where there is none.
	 */
	optional?: boolean;
	/**
	 * Whether labc itself picks the GPUs.
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
	 * `auto` sizes /dev/shm for the machine.
	 */
	shm?: 'auto';
}
