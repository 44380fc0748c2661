import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../src/model/duration.ts';

describe('parseDuration and formatDuration', () => {
	const cases: readonly { text: string; formatted: string | undefined }[] = [
		{ text: '0', formatted: '0s' },
		{ text: '90s', formatted: '1m30s' },
		{ text: '1m30s', formatted: '1m30s' },
		{ text: '1.5s', formatted: '1.5s' },
		{ text: '.5s', formatted: '500ms' },
		{ text: '100us', formatted: '100µs' },
		{ text: '100µs', formatted: '100µs' },
		{ text: '7d', formatted: '168h0m0s' },
		{ text: '1w', formatted: '168h0m0s' },
		{ text: '1h', formatted: '1h0m0s' },
		{ text: '12ns', formatted: '12ns' },
		{ text: '1.5ms', formatted: '1.5ms' },
		{ text: '-5s', formatted: '-5s' },
		{ text: '+5s', formatted: '5s' },
		{ text: '', formatted: undefined },
		{ text: '10', formatted: undefined },
		{ text: '10 s', formatted: undefined },
		{ text: 'ten', formatted: undefined },
		{ text: '1y', formatted: undefined },
		{ text: 's', formatted: undefined },
		{ text: '.s', formatted: undefined },
		{ text: '300000w', formatted: undefined },
		{ text: '99999999999999999999999s', formatted: undefined },
	];
	for (const { text, formatted } of cases) {
		test(`\`${text}\` is ${formatted ?? 'refused'}`, () => {
			const parsed = parseDuration(text);
			assert.equal(parsed === undefined ? undefined : formatDuration(parsed), formatted);
		});
	}

	test('what is formatted reads back as itself', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (nanoseconds) => {
				assert.equal(parseDuration(formatDuration(nanoseconds)), nanoseconds);
			}),
		);
	});
});
