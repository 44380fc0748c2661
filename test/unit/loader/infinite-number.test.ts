import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { infiniteNumber, infiniteNumberIn } from '../../../src/loader/infinite-number.ts';

describe('infiniteNumberIn', () => {
	test('finds the first one in what is nested', () => {
		const value = { a: [1, { b: 'x', c: Number.NEGATIVE_INFINITY }], d: Number.NaN };
		assert.deepEqual(infiniteNumberIn(value), { path: ['a', 1, 'c'], value: Number.NEGATIVE_INFINITY });
	});

	test('finds nothing where all numbers have a form in JSON', () => {
		assert.equal(infiniteNumberIn({ a: [0, -1.5, 2n, null, undefined, 'inf', true], b: {} }), undefined);
	});
});

describe('infiniteNumber', () => {
	const cases: readonly (readonly [value: number, text: string])[] = [
		[Number.POSITIVE_INFINITY, '.inf'],
		[Number.NEGATIVE_INFINITY, '-.inf'],
		[Number.NaN, '.nan'],
	];
	for (const [value, text] of cases) {
		test(`names ${text} as YAML does`, () => {
			const { message, diagnostics } = infiniteNumber(value, { path: 'x-a.0' });
			assert.equal(message, `the number \`${text}\` has no form in JSON`);
			assert.equal(diagnostics[0]?.path, 'x-a.0');
		});
	}
});
