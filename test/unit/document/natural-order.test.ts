import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareNatural } from '../../../src/document/natural-order.ts';

describe('compareNatural', () => {
	const orders: readonly string[][] = [
		['a1', 'a2', 'a10'],
		['9', '10', 'A', 'a'],
		['B', 'N', 'Y', 'a'],
		['a', 'a1', 'ab'],
		['a-b', 'a_b', 'ab'],
		['a', 'aa', 'ab'],
		['v1.2', 'v1.10'],
		['x-1', 'x-2', 'x-10'],
	];
	for (const order of orders) {
		test(order.join(' < '), () => {
			assert.deepEqual(order.toReversed().sort(compareNatural), order);
			assert.deepEqual(order.toSorted(compareNatural), order);
		});
	}
	test('equal keys are equal', () => assert.equal(compareNatural('a10', 'a10'), 0));
});
