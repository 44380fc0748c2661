import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBatchWriter } from '../../../src/render/batch-writer.ts';

describe('a batch writer', () => {
	test('writes what is added in one turn at once, in order', async () => {
		const written: string[] = [];
		const writer = createBatchWriter(async (batch) => void written.push(String(batch)));
		for (const piece of ['a', '', 'b', Buffer.from('é'), 'c']) assert.equal(writer.add(piece), undefined);
		await nextTurn();
		await writer.flush();
		assert.deepEqual(written, ['abéc']);
	});

	test('keeps bytes that are no UTF-8 as they are', async () => {
		const written: (string | Uint8Array)[] = [];
		const writer = createBatchWriter(async (batch) => void written.push(batch));
		writer.add(Buffer.from([0xff, 0x0a]));
		await writer.flush();
		assert.deepEqual(written, [Buffer.from([0xff, 0x0a])]);
	});

	test('asks to wait when there is more than its limit, until the reader has taken it', async () => {
		let take = (): void => undefined;
		const writer = createBatchWriter(() => new Promise<void>((resolve) => void (take = resolve)), 4);
		const full = writer.add('abcd');
		assert.ok(full instanceof Promise);
		let room = false;
		void full.then(() => void (room = true));
		await nextTurn();
		assert.equal(room, false);
		take();
		await full;
		await nextTurn();
		assert.equal(room, true);
	});

	test('never has two writes under way', async () => {
		let underWay = 0;
		let most = 0;
		const writer = createBatchWriter(async () => {
			underWay += 1;
			most = Math.max(most, underWay);
			await nextTurn();
			underWay -= 1;
		}, 1);
		await Promise.all(['a', 'b', 'c'].map((piece) => writer.add(piece)));
		assert.equal(most, 1);
	});

	test('tells a failed write to who adds next', async () => {
		const writer = createBatchWriter(() => Promise.reject(new Error('disk full')));
		writer.add('a');
		await nextTurn();
		await assert.rejects(writer.flush(), /disk full/);
	});
});
