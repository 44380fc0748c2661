import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Claim } from '../../../src/gpu/holder.ts';
import { type Gpu, unitsOf } from '../../../src/gpu/inventory.ts';
import { availableMemory } from '../../../src/gpu/memory.ts';
import { box, cut, gib, gpu, uuid } from '../../support/gpu-cases.ts';

const sharer = (containerId: string | undefined, memory?: number): Claim => ({
	unit: uuid(0),
	holder: { kind: 'container', name: containerId ?? 'planned' },
	terms: { share: true, memory },
	containerId,
});
const process = (gibs: number, containerId?: string) => ({
	pid: 1,
	program: 'python',
	memory: gibs * gib,
	containerId,
});

const cases: readonly {
	readonly when: string;
	readonly gpu?: Partial<Gpu>;
	readonly claims?: readonly Claim[];
	readonly leaving?: readonly string[];
	readonly is: number | undefined;
}[] = [
	{ when: 'nobody has any', is: 80 },
	{ when: 'nothing tells', gpu: { memory: undefined }, is: undefined },
	{ when: 'some is promised', claims: [sharer(undefined, 20 * gib)], is: 60 },
	{
		when: 'a sharer uses less than it was promised',
		gpu: { memoryUsed: 5 * gib, processes: [process(5, 'a')] },
		claims: [sharer('a', 20 * gib)],
		is: 60,
	},
	{
		when: 'a sharer uses more than it was promised',
		gpu: { memoryUsed: 30 * gib, processes: [process(30, 'a')] },
		claims: [sharer('a', 20 * gib)],
		is: 50,
	},
	{
		when: 'a sharer was promised none',
		gpu: { memoryUsed: 30 * gib, processes: [process(30, 'a')] },
		claims: [sharer('a')],
		is: 50,
	},
	{ when: 'the host uses some', gpu: { memoryUsed: 10 * gib, processes: [process(10)] }, is: 70 },
	{ when: 'use has no process that is seen', gpu: { memoryUsed: 10 * gib }, is: 70 },
	{
		when: 'who uses it leaves',
		gpu: { memoryUsed: 10 * gib, processes: [process(10, 'a')] },
		leaving: ['a'],
		is: 80,
	},
];

describe('availableMemory', () => {
	for (const { when, gpu: given, claims = [], leaving = [], is } of cases) {
		test(`is what is left where ${when}`, () => {
			const [unit] = unitsOf(box([gpu(0, given)]));
			assert.ok(unit !== undefined);
			const free = availableMemory(unit, claims, new Set(leaving));
			assert.equal(free === undefined ? undefined : free / gib, is);
		});
	}

	test('of a slice is the slice’s own less what is promised', () => {
		const [unit] = unitsOf(box([{ ...cut(0), memoryUsed: 70 * gib }]));
		assert.ok(unit !== undefined);
		assert.equal(availableMemory(unit, [sharer(undefined, 10 * gib)], new Set()), 30 * gib);
	});
});
