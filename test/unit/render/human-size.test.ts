import assert from 'node:assert/strict';
import { test } from 'node:test';
import { humanBinarySize, humanSize } from '../../../src/render/human-size.ts';

const cases: readonly { bytes: number; decimal: string; binary: string }[] = [
	{ bytes: 0, decimal: '0B', binary: '0B' },
	{ bytes: 999, decimal: '999B', binary: '999B' },
	{ bytes: 1000, decimal: '1kB', binary: '1000B' },
	{ bytes: 2_066_789, decimal: '2.07MB', binary: '1.971MiB' },
	{ bytes: 73_800_000, decimal: '73.8MB', binary: '70.38MiB' },
	{ bytes: 8_345_000_000, decimal: '8.35GB', binary: '7.772GiB' },
];

for (const { bytes, decimal, binary } of cases) {
	test(`${bytes} bytes are ${decimal}, and ${binary} in powers of two`, () => {
		assert.equal(humanSize(bytes), decimal);
		assert.equal(humanBinarySize(bytes), binary);
	});
}
