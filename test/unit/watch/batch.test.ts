import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newBatch } from '../../../src/watch/batch.ts';

const times = { quiet: 10, cap: 150 };

describe('a batch', () => {
	test('is due when it has been quiet', () => {
		const batch = newBatch<string>(times);
		assert.equal(batch.dueAt(), undefined);
		batch.add('a', 100);
		assert.equal(batch.dueAt(), 110);
		batch.add('b', 105);
		assert.equal(batch.dueAt(), 115);
	});

	test('is due at the latest at its cap, however steadily something comes', () => {
		const batch = newBatch<string>(times);
		for (let now = 0; now < 300; now += 5) batch.add(`f${now}`, now);
		assert.equal(batch.dueAt(), 150);
	});

	test('holds each thing once, in the order in which it first came', () => {
		const batch = newBatch<string>(times);
		for (const item of ['b', 'a', 'b', 'c', 'a']) batch.add(item, 0);
		assert.deepEqual(batch.take(), ['b', 'a', 'c']);
		assert.deepEqual(batch.take(), []);
	});

	test('begins anew after it was taken', () => {
		const batch = newBatch<string>(times);
		batch.add('a', 0);
		batch.take();
		batch.add('a', 1000);
		assert.equal(batch.dueAt(), 1010);
	});
});
