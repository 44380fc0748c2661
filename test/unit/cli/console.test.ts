import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readInput } from '../../../src/cli/console.ts';

const never = new AbortController().signal;

describe('readInput', () => {
	test('hands over every piece in order and ends with the input', async () => {
		const stdin = new PassThrough();
		let taken = '';
		const read = readInput(
			stdin,
			async (bytes) => {
				taken += Buffer.from(bytes).toString();
			},
			never,
		);
		stdin.write('a');
		stdin.write('b');
		stdin.end('c');
		await read;
		assert.equal(taken, 'abc');
	});

	test('reads no further while a piece is not taken', async () => {
		const stdin = new PassThrough();
		const room = Promise.withResolvers<void>();
		const pieces: string[] = [];
		const read = readInput(
			stdin,
			async (bytes) => {
				pieces.push(Buffer.from(bytes).toString());
				await room.promise;
			},
			never,
		);
		stdin.write('a');
		await nextTurn();
		stdin.write('b');
		await nextTurn();
		assert.deepEqual(pieces, ['a']);
		room.resolve();
		stdin.end();
		await read;
		assert.deepEqual(pieces, ['a', 'b']);
	});

	test('leaves the input alone once it is stopped', async () => {
		const stdin = new PassThrough();
		const stop = new AbortController();
		const read = readInput(stdin, async () => undefined, stop.signal);
		stop.abort();
		await read;
		assert.equal(stdin.isPaused(), true);
		assert.equal(stdin.listenerCount('data'), 0);
	});

	test('takes an input that breaks for one that ends', async () => {
		const stdin = new PassThrough();
		const read = readInput(stdin, async () => undefined, never);
		stdin.destroy(new Error('EIO'));
		await read;
	});
});
