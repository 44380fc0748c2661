import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allot, type GpuAsk } from '../../../src/gpu/allot.ts';
import { describeShortage } from '../../../src/gpu/describe.ts';
import type { ClaimsInput, Waiting } from '../../../src/gpu/holder.ts';
import { blockersOf } from '../../../src/gpu/waiting.ts';
import { ask, box, cut, gib, gpu, holding, mib, uuid, waiting, wish } from '../../support/gpu-cases.ts';

const all = { wish: wish({ all: true }) };
const named = (...ids: readonly string[]) => ({ wish: wish({ named: ids }) });

interface Case {
	readonly when: string;
	readonly asks: readonly GpuAsk[];
	readonly queue: readonly Waiting[];
	readonly given?: Partial<ClaimsInput>;
	readonly granted: readonly string[];
}

const cases: readonly Case[] = [
	{ when: 'somebody waits for any', asks: [ask('a')], queue: [waiting(1, ask('x'))], granted: [] },
	{
		when: 'somebody waits for more than are free',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', { wish: wish({ count: 4 }) }))],
		given: { containers: [holding('c', { named: ['0'] })] },
		granted: [],
	},
	{
		when: 'somebody waits for another',
		asks: [ask('a', named('1'))],
		queue: [waiting(1, ask('x', named('0')))],
		granted: ['a: 1'],
	},
	{
		when: 'somebody waits for one by its name',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', named('0')))],
		granted: ['a: 1'],
	},
	{
		when: 'somebody waits for a slice, which counts never take',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', named('1:0')))],
		given: { inventory: box([gpu(0), cut(1)]) },
		granted: ['a: 0'],
	},
	{
		when: 'somebody waits for GPUs of another kind',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', { wish: wish({ vendor: 'amd', count: 1 }) }))],
		granted: ['a: 0'],
	},
	{
		when: 'somebody waits for nobody knows what',
		asks: [ask('a')],
		queue: [{ number: 1, asks: undefined }],
		granted: [],
	},
	{
		when: 'somebody who only looks waits',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', { wish: wish({ all: true, observes: true }) }))],
		granted: ['a: 0'],
	},
	{
		when: 'it replaces what has one',
		asks: [ask('a', { replaces: ['id-of-a'], previous: [uuid(2)] })],
		queue: [waiting(1, ask('x', all))],
		given: { containers: [holding('a', { named: ['2'] })] },
		granted: ['a: 2'],
	},
	{
		when: 'it is started again and gave its own back',
		asks: [ask('a', { replaces: ['id-of-a'], previous: [uuid(2)] })],
		queue: [waiting(1, ask('x'))],
		given: { containers: [holding('a', { named: ['2'] }, { holds: false, state: 'exited' })] },
		granted: [],
	},
	{
		when: 'somebody waits for more memory than one of them has in all',
		asks: [ask('a')],
		queue: [waiting(1, ask('x', { terms: { share: true, memory: 60 * gib } }))],
		given: { inventory: box([gpu(0), gpu(1, { memory: 24 * gib })]) },
		granted: ['a: 1'],
	},
	{
		when: 'sharers wait',
		asks: [ask('a', { terms: { share: true } })],
		queue: [waiting(1, ask('x', { terms: { share: true } }))],
		granted: [],
	},
];

describe('who comes behind those who wait', () => {
	for (const { when, asks, queue, given, granted } of cases) {
		test(`gets ${granted.length === 0 ? 'nothing' : granted.join(', ')} where ${when}`, () => {
			const input = { inventory: box(4), containers: [], busyBytes: 500 * mib, queue, ...given };
			const found = [...allot(asks, input).granted].map(([key, units]) => `${key}: ${units.map(({ index }) => index)}`);
			assert.deepEqual(found, granted);
		});
	}

	test('is told whom a free GPU is kept for, and of a taken one who has it', () => {
		const { shortages } = allot([ask('a')], {
			inventory: box(2),
			containers: [holding('c', { named: ['0'] })],
			busyBytes: 500 * mib,
			queue: [{ ...waiting(3, ask('x')), user: 'ann', project: 'lab' }],
		});
		assert.deepEqual(shortages.map(describeShortage), [
			[
				'`a` asks for 1 GPU, and 0 of 2 can be had',
				'  GPU 0 (GPU-00000000…): c',
				'  GPU 1 (GPU-00000001…): kept for ticket 3, project lab, user ann',
			].join('\n'),
		]);
	});
});

describe('whom somebody in the queue waits for', () => {
	const queue = [
		waiting(1, ask('a', named('0'))),
		waiting(2, ask('b')),
		waiting(3, ask('c', named('1'))),
		waiting(4, ask('d', all)),
	];
	const blockers: readonly { readonly of: number; readonly are: readonly number[] }[] = [
		{ of: 1, are: [] },
		{ of: 2, are: [1] },
		{ of: 3, are: [2] },
		{ of: 4, are: [1, 2, 3] },
	];
	for (const { of, are } of blockers) {
		test(`number ${of} waits for ${are.length === 0 ? 'nobody' : are.join(', ')}`, () => {
			const own = queue[of - 1];
			assert.ok(own);
			assert.deepEqual(
				blockersOf(own, queue, box(2)).map(({ number }) => number),
				are,
			);
		});
	}
});
