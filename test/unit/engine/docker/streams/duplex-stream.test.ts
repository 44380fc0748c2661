import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { duplexStream } from '../../../../../src/engine/docker/streams/duplex-stream.ts';

const texts = async (output: AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<string> => {
	let text = '';
	for await (const { bytes } of output) text += Buffer.from(bytes).toString();
	return text;
};

describe('duplexStream', () => {
	test('writing waits until the connection can take more', async () => {
		const connection = new PassThrough({ highWaterMark: 4 });
		const stream = duplexStream(connection, { tty: true });
		let taken = false;
		const written = stream.write(Buffer.from('more than four')).then(() => {
			taken = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(taken, false);
		connection.resume();
		await written;
	});

	test('what is written after the input ended is dropped, and the output goes on', async () => {
		const connection = new PassThrough();
		const stream = duplexStream(connection, { tty: true });
		await stream.write(Buffer.from('all'));
		stream.endInput();
		stream.endInput();
		await stream.write(Buffer.from('late'));
		assert.equal(await texts(stream.output), 'all');
	});

	test('closing ends the output without a failure, and frees a waiting writer', async () => {
		const connection = new PassThrough({ highWaterMark: 1 });
		const stream = duplexStream(connection, { tty: true });
		const read = texts(stream.output);
		const written = stream.write(Buffer.alloc(100_000));
		stream.close();
		await written;
		await read;
		assert.ok(connection.destroyed);
	});

	test('a connection that breaks by itself fails the reader', async () => {
		const connection = new PassThrough();
		const stream = duplexStream(connection, { tty: true });
		const read = texts(stream.output);
		connection.destroy(new Error('reset'));
		await assert.rejects(read, /reset/);
	});
});
