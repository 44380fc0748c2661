import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatByteSize, parseByteSize } from '../../src/model/byte-size.ts';
import { formatDuration, parseDuration } from '../../src/model/duration.ts';
import { runs } from '../support/property-runs.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
/** Text made of what such values are made of, so that much of it is nearly right. */
const scraps = fc.string({ unit: fc.constantFrom(...'0123456789.-+ hmsuµndwkKMGTPiBb'), maxLength: 12 });

describe('durations', () => {
	const units = { ns: 1n, us: 1_000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n };

	test('read back as what was written', () => {
		fc.assert(
			fc.property(int64, (nanoseconds) => parseDuration(formatDuration(nanoseconds)) === nanoseconds),
			runs,
		);
	});

	test('are the sum of their parts', () => {
		const part = fc.tuple(fc.nat(1000), fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])));
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
				const total = parts.reduce((sum, [amount, unit]) => sum + BigInt(amount) * units[unit], 0n);
				assert.equal(parseDuration(parts.map(([amount, unit]) => `${amount}${unit}`).join('')), total);
			}),
			runs,
		);
	});

	test('are found in any text or not, and what is found can be written', () => {
		fc.assert(
			fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (text) => {
				const nanoseconds = parseDuration(text);
				if (nanoseconds !== undefined) assert.equal(parseDuration(formatDuration(nanoseconds)), nanoseconds);
			}),
			runs,
		);
	});
});

describe('sizes', () => {
	test('read back as what was written', () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
				(bytes) => parseByteSize(formatByteSize(bytes)) === bytes,
			),
			runs,
		);
	});

	test('grow by 1024 with each unit, however it is spelled', () => {
		fc.assert(
			fc.property(
				fc.nat(8000),
				fc.nat(4),
				fc.constantFrom('', 'b', 'B', 'ib', 'iB'),
				fc.boolean(),
				(count, power, end, isUpper) => {
					const unit = 'kmgtp'[power] ?? '';
					const text = `${count}${isUpper ? unit.toUpperCase() : unit}${end}`;
					assert.equal(parseByteSize(text), BigInt(count) * 1024n ** BigInt(power + 1));
				},
			),
			runs,
		);
	});

	test('are found in any text or not, and what is found can be written', () => {
		fc.assert(
			fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (text) => {
				const bytes = parseByteSize(text);
				if (bytes !== undefined) assert.equal(parseByteSize(formatByteSize(bytes)), bytes);
			}),
			runs,
		);
	});
});
