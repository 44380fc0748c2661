import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStreamWriter, type WriteBytes } from '../../../src/cli/stream-writer.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: write`), { code });

/** A stream that takes what `answer` says of each try: a number of bytes, or an error code. */
function stream(answer: (attempt: number, size: number) => number | string) {
	const taken: number[] = [];
	let attempts = 0;
	const write: WriteBytes = async (bytes) => {
		const result = answer(attempts++, bytes.length);
		if (typeof result === 'string') throw systemError(result);
		taken.push(...bytes.subarray(0, result));
		return result;
	};
	return { write, text: () => Buffer.from(taken).toString(), attempts: () => attempts };
}

describe('a stream writer', () => {
	test('writes texts and bytes in the order of the calls', async () => {
		const { write, text } = stream((_, size) => size);
		const writer = createStreamWriter(write);
		await Promise.all([writer.write('a'), writer.write(Buffer.from('研究')), writer.write('c\n')]);
		assert.equal(text(), 'a研究c\n');
	});

	test('goes on where a write took only a part', async () => {
		const { write, text } = stream((_, size) => Math.min(size, 3));
		await createStreamWriter(write).write('0123456789');
		assert.equal(text(), '0123456789');
	});

	test('tries again while the reader is busy', async () => {
		const { write, text, attempts } = stream((attempt, size) => (attempt < 3 ? 'EAGAIN' : size));
		await createStreamWriter(write).write('x');
		assert.equal(text(), 'x');
		assert.equal(attempts(), 4);
	});

	for (const code of ['EPIPE', 'EIO']) {
		test(`drops everything once the reader has gone (${code})`, async () => {
			const { write, text, attempts } = stream((attempt) => (attempt === 0 ? 1 : code));
			const writer = createStreamWriter(write);
			assert.equal(writer.closed.aborted, false);
			await writer.write('ab');
			await writer.write('cd');
			await writer.flushed();
			assert.equal(text(), 'a');
			assert.equal(attempts(), 2);
			assert.equal(writer.closed.aborted, true);
		});
	}

	test('tells a failure that somebody has to know of', async () => {
		const { write } = stream(() => 'ENOSPC');
		const writer = createStreamWriter(write);
		await assert.rejects(writer.write('x'), (error) => error instanceof LabcError && error.code === 'OUTPUT_FAILED');
		await writer.flushed();
	});

	test('has flushed only what was written before', async () => {
		const { write, text } = stream((_, size) => size);
		const writer = createStreamWriter(write);
		await writer.flushed();
		const written = writer.write('x');
		await writer.flushed();
		assert.equal(text(), 'x');
		await written;
	});
});
