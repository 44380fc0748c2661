import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { createTerminal, type ProcessStreams } from '../../../src/cli/process-terminal.ts';

function terminal(
	terminals: readonly number[],
	size: { columns?: number; rows?: number } = {},
	closed: readonly number[] = [],
) {
	const asked: number[] = [];
	const written: string[] = [];
	const screen = Object.assign(new EventEmitter(), size);
	const streams: ProcessStreams = {
		writer: (fd) => async (bytes) => {
			if (closed.includes(fd)) throw Object.assign(new Error('nobody reads'), { code: 'EPIPE' });
			written.push(`${fd}:${Buffer.from(bytes)}`);
			return bytes.length;
		},
		isTerminal(fd) {
			asked.push(fd);
			return terminals.includes(fd);
		},
		stdin: () => process.stdin,
		output: () => screen as NodeJS.WriteStream,
	};
	return { ...{ asked, written, screen }, terminal: createTerminal(streams, (isTerminal) => isTerminal) };
}

describe('the terminal', () => {
	test('asks nothing of the process before it is needed', () => {
		assert.deepEqual(terminal([1, 2]).asked, []);
	});

	test('asks once what each stream is', () => {
		const { terminal: made, asked } = terminal([1]);
		assert.deepEqual([made.outIsTerminal, made.errIsTerminal, made.inIsTerminal], [true, false, false]);
		assert.deepEqual([made.colour.out, made.colour.err], [true, false]);
		assert.deepEqual(asked, [1, 2, 0]);
	});

	test('knows of each stream whether its reader has gone', async () => {
		const { terminal: made } = terminal([], {}, [2]);
		await Promise.all([made.out('result'), made.err('progress')]);
		assert.deepEqual([made.outClosed.aborted, made.errClosed.aborted], [false, true]);
	});

	test('writes results and everything else to their own streams', async () => {
		const { terminal: made, written } = terminal([]);
		await made.out('result');
		await made.err('progress');
		await made.flushed();
		assert.deepEqual(written, ['1:result', '2:progress']);
	});

	const sizes: readonly {
		when: string;
		fds: readonly number[];
		size?: { columns?: number; rows?: number };
		is: object;
	}[] = [
		{ when: 'there is no terminal', fds: [], size: { columns: 200, rows: 50 }, is: { columns: 80, rows: 24 } },
		{ when: 'the output is one', fds: [1], size: { columns: 200, rows: 50 }, is: { columns: 200, rows: 50 } },
		{ when: 'only standard error is one', fds: [2], size: { columns: 60, rows: 10 }, is: { columns: 60, rows: 10 } },
		{
			when: 'the terminal says it has no columns',
			fds: [1],
			size: { columns: 0, rows: 0 },
			is: { columns: 80, rows: 24 },
		},
	];
	for (const { when, fds, size, is } of sizes) {
		test(`has a size, when ${when}`, () => assert.deepEqual(terminal(fds, size).terminal.size(), is));
	}

	test('tells of a new size until it is told to stop', () => {
		const { terminal: made, screen } = terminal([1]);
		const stop = new AbortController();
		let calls = 0;
		made.onResize(() => {
			calls += 1;
		}, stop.signal);
		screen.emit('resize');
		stop.abort();
		screen.emit('resize');
		assert.equal(calls, 1);
		made.onResize(() => assert.fail('called'), stop.signal);
		screen.emit('resize');
	});
});
