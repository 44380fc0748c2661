import type { GpuAsk } from '../../src/gpu/allot.ts';
import type { GpuContainer, Waiting } from '../../src/gpu/holder.ts';
import type { Gpu, Inventory } from '../../src/gpu/inventory.ts';
import type { GpuWish } from '../../src/gpu/wish.ts';

export const gib = 1024 ** 3;
export const mib = 1024 ** 2;

export const uuid = (index: number): string => `GPU-0000000${index}-0000-4000-8000-00000000000${index}`;
export const slice = (index: number): string => `MIG-0000000${index}-0000-4000-8000-00000000000${index}`;

export const gpu = (index: number, given: Partial<Gpu> = {}): Gpu => ({
	id: uuid(index),
	index,
	vendor: 'nvidia',
	model: 'H100',
	memory: 80 * gib,
	memoryUsed: 0,
	cdiNames: [`nvidia.com/gpu=${index}`, `nvidia.com/gpu=${uuid(index)}`],
	nodes: [`/dev/nvidia${index}`],
	processes: [],
	...given,
});

/** As many GPUs as asked for, or those given. */
export const box = (gpus: number | readonly Gpu[]): Inventory => ({
	source: 'nvidia-smi',
	gpus: typeof gpus === 'number' ? Array.from({ length: gpus }, (_, index) => gpu(index)) : gpus,
});

/** A GPU that is cut in two. */
export const cut = (index: number): Gpu =>
	gpu(index, {
		slices: [0, 1].map((part) => ({ id: slice(part), index: part, profile: '3g.40gb', memory: 40 * gib })),
	});

export const wish = (given: Partial<GpuWish> = {}): GpuWish => ({
	vendor: 'nvidia',
	count: 0,
	all: false,
	named: [],
	observes: false,
	...given,
});

export const ask = (key: string, given: Partial<GpuAsk> = {}): GpuAsk => ({
	key,
	wish: wish({ count: 1 }),
	terms: { share: false },
	policy: 'spread',
	previous: [],
	...given,
});

export const holding = (name: string, wished: Partial<GpuWish>, given: Partial<GpuContainer> = {}): GpuContainer => ({
	id: `id-of-${name}`,
	name,
	state: 'running',
	holds: true,
	wish: wish(wished),
	terms: { share: false },
	...given,
});

/** Somebody who waits for what the asks say. */
export const waiting = (number: number, ...asks: readonly GpuAsk[]): Waiting => ({
	number,
	asks: asks.map(({ key, wish: wished, terms }) => ({ key, wish: wished, terms })),
});
