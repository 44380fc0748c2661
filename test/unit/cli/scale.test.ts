import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScale } from '../../../src/cli/scale.ts';

describe('parseScale', () => {
	const good = [
		{ text: 'worker=3', scale: ['worker', 3] },
		{ text: 'worker=0', scale: ['worker', 0] },
		{ text: 'my.worker-1=12', scale: ['my.worker-1', 12] },
	];
	for (const { text, scale } of good) {
		test(`reads \`${text}\``, () => assert.deepEqual(parseScale(text), scale));
	}

	for (const text of ['worker', 'worker=', '=3', 'worker=-1', 'worker=many', 'worker=1.5', 'worker=1=2', '']) {
		test(`refuses \`${text}\``, () => {
			assert.throws(() => parseScale(text), {
				code: 'USAGE_INVALID',
				message: `invalid scale \`${text}\`: it should be SERVICE=NUM`,
			});
		});
	}
});
