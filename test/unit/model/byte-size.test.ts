import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatByteSize, parseByteSize } from '../../../src/model/byte-size.ts';

describe('parseByteSize', () => {
	const cases: readonly { text: string; bytes: bigint | undefined }[] = [
		{ text: '0', bytes: 0n },
		{ text: '1000', bytes: 1000n },
		{ text: '64m', bytes: 67_108_864n },
		{ text: '64M', bytes: 67_108_864n },
		{ text: '64mb', bytes: 67_108_864n },
		{ text: '64 MiB', bytes: 67_108_864n },
		{ text: '1.5g', bytes: 1_610_612_736n },
		{ text: '.5k', bytes: 512n },
		{ text: '2t', bytes: 2_199_023_255_552n },
		{ text: '10b', bytes: 10n },
		{ text: '0.3', bytes: 0n },
		{ text: '', bytes: undefined },
		{ text: 'm', bytes: undefined },
		{ text: '-1', bytes: undefined },
		{ text: '10x', bytes: undefined },
		{ text: '10ib', bytes: undefined },
		{ text: '1 0m', bytes: undefined },
		{ text: '9999999p', bytes: undefined },
	];
	for (const { text, bytes } of cases) {
		test(`\`${text}\` is ${bytes ?? 'refused'}`, () => assert.equal(parseByteSize(text), bytes));
	}
});

describe('formatByteSize', () => {
	test('takes the largest unit that is exact', () => {
		assert.deepEqual([0n, 1000n, 1024n, 1_572_864n, 67_108_864n].map(formatByteSize), [
			'0',
			'1000',
			'1k',
			'1536k',
			'64m',
		]);
	});

	test('what is formatted reads back as itself', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (bytes) => {
				assert.equal(parseByteSize(formatByteSize(bytes)), bytes);
			}),
		);
	});
});
