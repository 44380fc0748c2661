import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allot, type GpuAsk } from '../../../src/gpu/allot.ts';
import { asksToWaitFor, shortfallIn, shortfallOf } from '../../../src/gpu/shortfall.ts';
import { ask, box, gib, gpu, holding, mib, wish } from '../../support/gpu-cases.ts';

const busy = box(
	[0, 1].map((index) => gpu(index, { memoryUsed: 70 * gib, processes: [{ pid: 1, program: 'x', memory: 70 * gib }] })),
);

const cases: readonly { readonly asks: readonly GpuAsk[]; readonly when: string; readonly isPossible: boolean }[] = [
	{ when: 'there are enough in all', asks: [ask('a'), ask('b')], isPossible: true },
	{ when: 'there are too few in all', asks: [ask('a'), ask('b'), ask('c')], isPossible: false },
	{
		when: 'one has the memory when it is idle',
		asks: [ask('a', { terms: { share: true, memory: 79 * gib } })],
		isPossible: true,
	},
	{
		when: 'none has that much memory',
		asks: [ask('a', { terms: { share: true, memory: 90 * gib } })],
		isPossible: false,
	},
	{ when: 'there is none of that name', asks: [ask('a', { wish: wish({ named: ['7'] }) })], isPossible: false },
];

describe('a shortfall', () => {
	for (const { when, asks, isPossible } of cases) {
		test(`may ${isPossible ? '' : 'never '}end where ${when}`, () => {
			const input = { inventory: busy, containers: [], busyBytes: 500 * mib };
			const { shortages } = allot(asks, input);
			assert.notEqual(shortages.length, 0);
			assert.equal(shortfallOf(asks, shortages, input).isPossible, isPossible);
		});
	}

	test('is told from other causes of errors', () => {
		const shortfall = shortfallOf([ask('a')], [], { inventory: box(1) });
		assert.equal(shortfallIn(new Error('x', { cause: shortfall })), shortfall);
		for (const cause of [undefined, null, 'GPU shortfall', new Error('x'), {}]) {
			assert.equal(shortfallIn(new Error('x', { cause })), undefined);
		}
		assert.equal(shortfallIn(shortfall), undefined);
	});

	test('waits for all but what replaces a container that has its own', () => {
		const asks = [ask('a', { replaces: ['id-of-a'] }), ask('b', { replaces: ['id-of-b'] }), ask('c')];
		const containers = [holding('a', { count: 1 }), holding('b', { count: 1 }, { holds: false, state: 'exited' })];
		const shortfall = shortfallOf(asks, [], { inventory: box(1) });
		assert.deepEqual(
			asksToWaitFor(shortfall, containers).map(({ key }) => key),
			['b', 'c'],
		);
	});
});
