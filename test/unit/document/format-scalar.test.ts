import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatFloat } from '../../../src/document/format-scalar.ts';

describe('formatFloat', () => {
	const cases: readonly [value: number, text: string][] = [
		[1, '1'],
		[1.5, '1.5'],
		[100_000, '100000'],
		[1_000_000, '1e+06'],
		[1_234_567, '1.234567e+06'],
		[0.0001, '0.0001'],
		[0.00001, '1e-05'],
		[1e21, '1e+21'],
		[123_456_789.5, '1.234567895e+08'],
		[0, '0'],
		[-0, '-0'],
		[-1.5, '-1.5'],
		[1e-100, '1e-100'],
		[Number.POSITIVE_INFINITY, '+Inf'],
		[Number.NEGATIVE_INFINITY, '-Inf'],
		[Number.NaN, 'NaN'],
	];
	for (const [value, text] of cases) {
		test(text, () => assert.equal(formatFloat(value), text));
	}

	test('what is formatted reads back as itself', () => {
		fc.assert(
			fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) =>
				assert.equal(Number(formatFloat(value)), value),
			),
		);
	});
});
