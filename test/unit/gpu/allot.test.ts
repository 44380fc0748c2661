import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allot, type GpuAsk } from '../../../src/gpu/allot.ts';
import { describeShortage } from '../../../src/gpu/describe.ts';
import type { ClaimsInput } from '../../../src/gpu/holder.ts';
import { ask, box, cut, gib, gpu, holding, mib, slice, uuid, wish } from '../../support/gpu-cases.ts';

interface Case {
	readonly when: string;
	readonly asks: readonly GpuAsk[];
	readonly given?: Partial<ClaimsInput>;
	/** `key: unit+unit` for each grant. */
	readonly granted: readonly string[];
	/** The first line of each. */
	readonly short?: readonly string[];
}

const sharing = (memory?: number) => ({ terms: { share: true, memory } });
const named = (...ids: readonly string[]) => ({ wish: wish({ named: ids }) });
const all = { wish: wish({ all: true }) };

const cases: readonly Case[] = [
	{
		when: 'replicas ask for one each',
		asks: ['t-1', 't-2', 't-3', 't-4'].map((key) => ask(key)),
		granted: ['t-1: 0', 't-2: 1', 't-3: 2', 't-4: 3'],
	},
	{
		when: 'there is one too few',
		asks: ['t-1', 't-2', 't-3', 't-4', 't-5'].map((key) => ask(key)),
		granted: ['t-1: 0', 't-2: 1', 't-3: 2', 't-4: 3'],
		short: ['`t-5` asks for 1 GPU, and 0 of 4 can be had'],
	},
	{
		when: 'strangers have some',
		asks: [ask('a')],
		given: { containers: [holding('x', { count: 2 })] },
		granted: ['a: 2'],
	},
	{
		when: 'a stranger has all',
		asks: [ask('a')],
		given: { containers: [holding('x', { all: true })] },
		granted: [],
		short: ['`a` asks for 1 GPU, and 0 of 4 can be had'],
	},
	{
		when: 'a stranger has all but only looks',
		asks: [ask('a')],
		given: { containers: [holding('x', { all: true, observes: true })] },
		granted: ['a: 0'],
	},
	{
		when: 'one that only looks asks by count, and gets what the engine counts, whoever has it',
		asks: [ask('a', { wish: wish({ count: 2, observes: true }) }), ask('b')],
		given: { containers: [holding('x', { named: ['0'] })] },
		granted: ['a: 0+1', 'b: 1'],
	},
	{
		when: 'more are asked for than there are',
		asks: [ask('a', { wish: wish({ count: 5 }) })],
		granted: [],
		short: ['`a` asks for 5 GPUs, and there are 4'],
	},
	{ when: 'an id is asked for', asks: [ask('a', named('3'))], granted: ['a: 3'] },
	{
		when: 'an id is asked for that somebody has',
		asks: [ask('a', named('3'))],
		given: { containers: [holding('x', { named: ['3'] })] },
		granted: [],
		short: ['`a` asks for 1 GPU, and 0 of 1 can be had'],
	},
	{
		when: 'an id is asked for that no GPU has',
		asks: [ask('a', named('9', '1'))],
		granted: [],
		short: ['`a` asks for `9`, and there is no such GPU: there are `0`, `1`, `2` and `3`'],
	},
	{
		when: 'one asks by count and one for the first',
		asks: [ask('a'), ask('b', named('0'))],
		granted: ['a: 1', 'b: 0'],
	},
	{
		when: 'a count comes with an id',
		asks: [ask('a', { wish: wish({ count: 2, named: ['2'] }) })],
		granted: ['a: 0+2'],
	},
	{ when: 'all are asked for', asks: [ask('a', all)], granted: ['a: 0+1+2+3'] },
	{
		when: 'all are asked for and one is taken',
		asks: [ask('a', all)],
		given: { containers: [holding('x', { named: ['1'] })] },
		granted: [],
		short: ['`a` asks for 4 GPUs, and 3 of 4 can be had'],
	},
	{
		when: 'there is none',
		asks: [ask('a', all)],
		given: { inventory: box(0) },
		granted: [],
		short: ['`a` asks for 0 GPUs, and 0 of 0 can be had'],
	},
	{
		when: 'a GPU is cut, which counts never take',
		asks: [ask('a', { wish: wish({ count: 2 }) }), ask('b', named('1:1'))],
		given: { inventory: box([gpu(0), cut(1)]) },
		granted: ['b: 1:1'],
		short: ['`a` asks for 2 GPUs, and there are 1'],
	},
	{
		when: 'slices are asked for by UUID',
		asks: [ask('a', named(slice(0))), ask('b', named(slice(1)))],
		given: { inventory: box([gpu(0), cut(1)]) },
		granted: ['a: 1:0', 'b: 1:1'],
	},
	{
		when: 'one had another before',
		asks: [ask('a'), ask('b', { previous: [uuid(0)] })],
		granted: ['a: 1', 'b: 0'],
	},
	{
		when: 'the one that is replaced has it',
		asks: [ask('a', { previous: [uuid(1)], replaces: ['id-of-old'] })],
		given: { containers: [holding('old', { named: ['1'] })] },
		granted: ['a: 1'],
	},
	{
		when: 'what it had was given away',
		asks: [ask('a', { previous: [uuid(1)] })],
		given: { containers: [holding('x', { named: ['1'] })] },
		granted: ['a: 0'],
	},
	{
		when: 'one more than before is asked for',
		asks: [ask('a', { wish: wish({ count: 2 }), previous: [uuid(2)] })],
		granted: ['a: 0+2'],
	},
	{
		when: 'sharers spread',
		asks: [ask('a', sharing()), ask('b', sharing())],
		given: { inventory: box(2) },
		granted: ['a: 0', 'b: 1'],
	},
	{
		when: 'sharers are packed',
		asks: ['a', 'b', 'c'].map((key) => ask(key, { ...sharing(), policy: 'pack' })),
		given: { inventory: box(2) },
		granted: ['a: 0', 'b: 0', 'c: 0'],
	},
	{
		when: 'more share than there are GPUs',
		asks: ['a', 'b', 'c'].map((key) => ask(key, sharing())),
		given: { inventory: box(2) },
		granted: ['a: 0', 'b: 1', 'c: 0'],
	},
	{
		when: 'sharers ask for memory',
		asks: ['a', 'b', 'c'].map((key) => ask(key, { ...sharing(30 * gib), policy: 'pack' })),
		given: { inventory: box(2) },
		granted: ['a: 0', 'b: 0', 'c: 1'],
	},
	{
		when: 'a sharer meets one that does not share',
		asks: [ask('a', sharing())],
		given: { inventory: box(1), containers: [holding('x', { count: 1 })] },
		granted: [],
		short: ['`a` asks for 1 GPU, and 0 of 1 can be had'],
	},
	{
		when: 'one that does not share meets a sharer',
		asks: [ask('a')],
		given: { inventory: box(1), containers: [holding('x', { count: 1 }, { terms: { share: true } })] },
		granted: [],
		short: ['`a` asks for 1 GPU, and 0 of 1 can be had'],
	},
	{
		when: 'only one has the memory',
		asks: [ask('a'), ask('b', { terms: { share: false, memory: 40 * gib } })],
		given: { inventory: box([gpu(0), gpu(1, { memory: 24 * gib })]) },
		granted: ['a: 1', 'b: 0'],
	},
	{
		when: 'none has the memory',
		asks: [ask('a', { terms: { share: false, memory: 40 * gib } })],
		given: { inventory: box([gpu(0, { memory: 24 * gib })]) },
		granted: [],
		short: ['`a` asks for 1 GPU with 40.0 GiB free, and 0 of 1 can be had'],
	},
	{
		when: 'the host uses one',
		asks: [ask('a')],
		given: { inventory: box([gpu(0, { processes: [{ pid: 1, program: 'x', memory: gib }] }), gpu(1)]) },
		granted: ['a: 1'],
	},
	{
		when: 'some only look',
		asks: [ask('a', { wish: wish({ all: true, observes: true }) }), ask('b', { wish: wish({ count: 4 }) })],
		granted: ['a: 0+1+2+3', 'b: 0+1+2+3'],
	},
];

describe('allot', () => {
	for (const { when, asks, given, granted, short = [] } of cases) {
		test(`decides where ${when}`, () => {
			const input = { inventory: box(4), containers: [], busyBytes: 500 * mib, ...given };
			const { granted: found, shortages } = allot(asks, input);
			const lines = [...found].map(([key, units]) => `${key}: ${units.map(({ index }) => index).join('+')}`);
			assert.deepEqual(lines.sort(), granted);
			assert.deepEqual(
				shortages.map((shortage) => describeShortage(shortage).split('\n')[0]),
				short,
			);
		});
	}
});
