import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newWakeUp } from '../../../src/execute/wake-up.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('newWakeUp', () => {
	test('waits for a ring', async () => {
		const bell = newWakeUp(new AbortController().signal);
		let woken = false;
		const waiting = bell.next().then(() => {
			woken = true;
		});
		await settled();
		assert.equal(woken, false);
		bell.wake();
		await waiting;
	});

	test('a ring before the wait is not missed, and serves one wait', async () => {
		const bell = newWakeUp(new AbortController().signal);
		bell.wake();
		bell.wake();
		await bell.next();
		let woken = false;
		void bell.next().then(() => {
			woken = true;
		});
		await settled();
		assert.equal(woken, false);
	});

	test('an abort ends every wait', async () => {
		const over = new AbortController();
		const bell = newWakeUp(over.signal);
		const waiting = bell.next();
		over.abort();
		await waiting;
		await bell.next();
	});
});
