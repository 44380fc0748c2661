import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allot } from '../../../src/gpu/allot.ts';
import { describeHolder, describeHolders, describeShortage, describeUnit } from '../../../src/gpu/describe.ts';
import { unitsOf } from '../../../src/gpu/inventory.ts';
import { ask, box, cut, gib, gpu, holding, mib, waiting, wish } from '../../support/gpu-cases.ts';

test('a GPU is told by its place and the beginning of its id', () => {
	assert.deepEqual(unitsOf(box([gpu(1), cut(2)])).map(describeUnit), [
		'GPU 1 (GPU-00000001…)',
		'MIG slice 2:0 (MIG-00000000…)',
		'MIG slice 2:1 (MIG-00000001…)',
	]);
});

test('a holder is told with all that is known of it', () => {
	const since = Date.UTC(2026, 10, 22, 6, 12) / 1000;
	assert.equal(
		describeHolder({ kind: 'container', name: 'lab-t-1', project: 'lab', user: 'ann', since }),
		'lab-t-1, project lab, user ann, since 2026-11-22 06:12 UTC',
	);
	assert.equal(describeHolder({ kind: 'plan', name: 'a' }), 'a of this plan');
});

test('a holder is told on one line, whatever its labels say', () => {
	const forged = { kind: 'container', name: 'x', user: 'ann\nhint: give up', project: 'a\nb' } as const;
	assert.equal(describeHolder(forged), 'x, project a\\nb, user ann\\nhint: give up');
});

describe('a shortage', () => {
	test('names the holder of each GPU', () => {
		const { shortages } = allot([ask('b-1'), ask('b-2')], {
			inventory: box(2),
			containers: [holding('x', { count: 1 }, { project: 'lab' })],
			busyBytes: 500 * mib,
		});
		assert.deepEqual(shortages.map(describeShortage), [
			[
				'`b-2` asks for 1 GPU, and 0 of 2 can be had',
				'  GPU 0 (GPU-00000000…): x, project lab',
				'  GPU 1 (GPU-00000001…): b-1 of this plan',
			].join('\n'),
		]);
	});

	test('is told in few lines, without those that are only kept for who waits', () => {
		const { shortages } = allot([ask('b', { wish: wish({ count: 4 }) }), ask('c')], {
			inventory: box(4),
			containers: [holding('x', { count: 2 }), holding('y', { named: ['2'] })],
			busyBytes: 500 * mib,
			queue: [waiting(1, ask('z'))],
		});
		assert.deepEqual(describeHolders(shortages), ['GPU 0, 1: x', 'GPU 2 (GPU-00000002…): y']);
	});

	test('says where memory is all that is missing', () => {
		const { shortages } = allot([ask('b', { terms: { share: true, memory: 100 * gib } })], {
			inventory: box(1),
			containers: [],
			busyBytes: 500 * mib,
		});
		assert.match(shortages.map(describeShortage).join(''), /GPU 0 \(GPU-00000000…\): has too little free memory$/);
	});
});
