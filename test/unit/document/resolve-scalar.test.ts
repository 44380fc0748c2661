import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolveScalar } from '../../../src/document/resolve-scalar.ts';

describe('resolveScalar', () => {
	const cases: readonly { text: string; value: unknown; float?: true }[] = [
		{ text: 'yes', value: 'yes' },
		{ text: 'on', value: 'on' },
		{ text: 'y', value: 'y' },
		{ text: 'true', value: true },
		{ text: 'False', value: false },
		{ text: 'tRUE', value: 'tRUE' },
		{ text: '~', value: null },
		{ text: '', value: null },
		{ text: 'null', value: null },
		{ text: '10', value: 10 },
		{ text: '-10', value: -10 },
		{ text: '+10', value: 10 },
		{ text: '010', value: 8 },
		{ text: '-010', value: -8 },
		{ text: '0o17', value: 15 },
		{ text: '0x1F', value: 31 },
		{ text: '0b11', value: 3 },
		{ text: '1_000', value: 1000 },
		{ text: '9007199254740993', value: 9_007_199_254_740_993n },
		{ text: '09', value: 9, float: true },
		{ text: '1.0', value: 1, float: true },
		{ text: '.5', value: 0.5, float: true },
		{ text: '1e3', value: 1000, float: true },
		{ text: '1e400', value: '1e400' },
		{ text: '9'.repeat(400), value: '9'.repeat(400) },
		{ text: '.inf', value: Number.POSITIVE_INFINITY, float: true },
		{ text: '-.Inf', value: Number.NEGATIVE_INFINITY, float: true },
		{ text: '1:30', value: '1:30' },
		{ text: '1.2.3', value: '1.2.3' },
		{ text: '-', value: '-' },
		{ text: '1e', value: '1e' },
		{ text: '99999999999999999999', value: 1e20, float: true },
	];
	for (const { text, value, float } of cases) {
		test(`\`${text}\``, () => {
			assert.deepEqual(resolveScalar(text), float === undefined ? { value } : { value, float });
		});
	}

	test('a date is told as one', () => {
		assert.deepEqual(resolveScalar('2001-1-2'), { value: '2001-01-02T00:00:00Z', isTimestamp: true });
		assert.deepEqual(resolveScalar('2001-13-01'), { value: '2001-13-01' });
	});

	test('`<<` is the merge key', () => assert.equal(resolveScalar('<<'), 'merge'));
});
