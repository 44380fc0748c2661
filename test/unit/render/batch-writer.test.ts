import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBatchWriter } from '../../../src/render/batch-writer.ts';

describe('a batch writer', () => {
	test('writes what is added in one turn at once, in order', async () => {
		const written: string[] = [];
		const writer = createBatchWriter(async (batch) => void written.push(String(batch)));
		for (const piece of ['a', '', 'b', Buffer.from('é'), 'c']) assert.equal(writer.add(piece), true);
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

	test('asks to flush when it holds its limit, and the flush ends when the reader has taken all', async () => {
		const reader = Promise.withResolvers<void>();
		const writer = createBatchWriter(() => reader.promise, 4);
		assert.equal(writer.add('abc'), true);
		assert.equal(writer.add('d'), false);
		let taken = false;
		const flushed = writer.flush().then(() => {
			taken = true;
		});
		await nextTurn();
		assert.equal(taken, false);
		reader.resolve();
		await flushed;
		assert.equal(taken, true);
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
		await Promise.all(
			['a', 'b', 'c'].map((piece) => {
				writer.add(piece);
				return writer.flush();
			}),
		);
		assert.equal(most, 1);
	});

	test('tells a failed write to who adds next', async () => {
		const writer = createBatchWriter(() => Promise.reject(new Error('disk full')));
		writer.add('a');
		await nextTurn();
		await assert.rejects(writer.flush(), /disk full/);
	});
});
