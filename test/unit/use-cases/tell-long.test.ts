import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { longAfterMs, tellLong } from '../../../src/use-cases/tell-long.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

describe('what takes long', () => {
	test('is told once, and its result is given', async () => {
		let told = 0;
		const work = Promise.withResolvers<string>();
		const result = tellLong(work.promise, () => (told += 1));
		mock.timers.tick(longAfterMs - 1);
		assert.equal(told, 0);
		mock.timers.tick(10 * longAfterMs);
		assert.equal(told, 1);
		work.resolve('done');
		assert.equal(await result, 'done');
	});

	for (const [how, work] of [
		['ends', () => Promise.resolve()],
		['fails', () => Promise.reject(new Error('broken'))],
	] as const) {
		test(`is not told where it ${how} in time`, async () => {
			let told = 0;
			await tellLong<unknown>(work(), () => (told += 1)).catch((error: unknown) =>
				assert.match(String(error), /broken/),
			);
			mock.timers.tick(10 * longAfterMs);
			assert.equal(told, 0);
		});
	}
});
