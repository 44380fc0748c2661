import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TerminalSize } from '../../../src/engine/streams.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { keepSize } from '../../../src/use-cases/keep-size.ts';

function fakeTerminal() {
	let listener = (): void => undefined;
	let size: TerminalSize = { columns: 80, rows: 24 };
	return {
		size: () => size,
		onResize(listening: () => void) {
			listener = listening;
		},
		enterRawMode: () => Promise.reject(new Error('not asked for')),
		become(columns: number, rows: number) {
			size = { columns, rows };
			listener();
		},
	};
}

describe('keepSize', () => {
	test('tells the size at once and at every change', async () => {
		const sizes: string[] = [];
		const terminal = fakeTerminal();
		keepSize(
			terminal,
			async ({ columns, rows }) => void sizes.push(`${columns}x${rows}`),
			new AbortController().signal,
		);
		terminal.become(100, 30);
		await delay(1);
		terminal.become(120, 40);
		await delay(1);
		assert.equal(sizes.at(-1), '120x40');
		assert.ok(sizes.length >= 2);
	});

	test('tries again while the engine says that the program is not there yet', async () => {
		let refusals = 2;
		const told = Promise.withResolvers<TerminalSize>();
		keepSize(
			fakeTerminal(),
			async (size) => {
				refusals -= 1;
				if (refusals >= 0) throw new LabcError('ENGINE_CONFLICT', 'container is not running');
				told.resolve(size);
			},
			new AbortController().signal,
		);
		assert.deepEqual(await told.promise, { columns: 80, rows: 24 });
	});

	test('stops trying when the conversation is over', async () => {
		const over = new AbortController();
		let calls = 0;
		keepSize(
			fakeTerminal(),
			async () => {
				calls += 1;
				over.abort();
				throw new LabcError('ENGINE_NOT_FOUND', 'no such container');
			},
			over.signal,
		);
		await delay(60);
		assert.equal(calls, 1);
	});
});
