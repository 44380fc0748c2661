import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuplexStream, OutputFrame } from '../../../src/engine/streams.ts';
import type { Console } from '../../../src/use-cases/console.ts';
import { relayStreams } from '../../../src/use-cases/relay-streams.ts';

/** A program that answers once its input has ended; `closed` stands where the connection was closed. */
function program(answer: (input: string) => readonly OutputFrame[]): DuplexStream & { readonly log: string[] } {
	const log: string[] = [];
	const inputEnd = Promise.withResolvers<void>();
	let input = '';
	return {
		log,
		output: (async function* () {
			await inputEnd.promise;
			yield* answer(input);
		})(),
		async write(bytes) {
			input += Buffer.from(bytes).toString();
			log.push(`write ${Buffer.from(bytes)}`);
		},
		endInput() {
			log.push('end');
			inputEnd.resolve();
		},
		close: () => void log.push('close'),
	};
}

interface FakeConsole extends Console {
	readonly shown: string[];
	closeOutput(): void;
}

function consoleWith(pieces: readonly string[], afterwards: 'end' | 'wait' = 'end'): FakeConsole {
	const shown: string[] = [];
	const closed = new AbortController();
	return {
		shown,
		closeOutput: () => closed.abort(),
		out: async (bytes) => void shown.push(`out ${Buffer.from(bytes)}`),
		err: async (bytes) => void shown.push(`err ${Buffer.from(bytes)}`),
		outClosed: closed.signal,
		input: {
			async read(take, signal) {
				for (const piece of pieces) {
					if (signal.aborted) return;
					await take(Buffer.from(piece));
				}
				if (afterwards === 'wait' && !signal.aborted) {
					await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
				}
			},
		},
		terminal: {
			size: () => ({ columns: 80, rows: 24 }),
			onResize: () => undefined,
			enterRawMode: () => Promise.reject(new Error('not asked for')),
		},
	};
}

const frame = (stream: OutputFrame['stream'], text: string): OutputFrame => ({ stream, bytes: Buffer.from(text) });
const never = new AbortController().signal;

describe('relayStreams', () => {
	test('passes the input, ends it, and goes on with the output, each stream to its own', async () => {
		const cat = program((input) => [frame('stdout', input), frame('stderr', 'done')]);
		const console = consoleWith(['a', 'b']);
		assert.equal(await relayStreams(cat, console, { tty: false, input: true, signal: never }), 'ended');
		assert.deepEqual(console.shown, ['out ab', 'err done']);
		assert.deepEqual(cat.log, ['write a', 'write b', 'end', 'close']);
	});

	test('reads no input that the program does not get', async () => {
		const echo = program(() => [frame('stdout', 'x')]);
		echo.endInput();
		const console = consoleWith(['secret']);
		assert.equal(await relayStreams(echo, console, { tty: false, input: false, signal: never }), 'ended');
		assert.deepEqual(echo.log, ['end', 'close']);
	});

	test('leaves the program at the detach keys, without ending its input', async () => {
		const shell = program(() => []);
		const console = consoleWith(['ls', '\u0010', '\u0011'], 'wait');
		assert.equal(await relayStreams(shell, console, { tty: true, input: true, signal: never }), 'detached');
		assert.deepEqual(shell.log, ['write ls', 'close']);
	});

	test('takes the detach keys for data where there is no terminal', async () => {
		const cat = program((input) => [frame('stdout', input)]);
		const console = consoleWith(['\u0010\u0011']);
		assert.equal(await relayStreams(cat, console, { tty: false, input: true, signal: never }), 'ended');
		assert.deepEqual(console.shown, ['out \u0010\u0011']);
	});

	test('ends when nobody reads the output any more', async () => {
		const yes = program(() => []);
		const console = consoleWith([], 'wait');
		const relayed = relayStreams(yes, console, { tty: false, input: true, signal: never });
		await nextTurn();
		console.closeOutput();
		assert.equal(await relayed, 'unread');
		assert.deepEqual(yes.log, ['close']);
	});

	test('ends as interrupted when it is told to', async () => {
		const stop = new AbortController();
		const relayed = relayStreams(
			program(() => []),
			consoleWith([], 'wait'),
			{ tty: false, input: true, signal: stop.signal },
		);
		stop.abort(new Error('second Ctrl-C'));
		await assert.rejects(relayed, { code: 'INTERRUPTED', cause: new Error('second Ctrl-C') });
	});

	test('reports a connection that breaks', async () => {
		const broken: DuplexStream = {
			// biome-ignore lint/correctness/useYield: it breaks before its first piece
			output: (async function* (): AsyncGenerator<OutputFrame> {
				throw new Error('connection reset');
			})(),
			write: async () => undefined,
			endInput: () => undefined,
			close: () => undefined,
		};
		await assert.rejects(
			relayStreams(broken, consoleWith([], 'wait'), { tty: false, input: true, signal: never }),
			/connection reset/,
		);
	});
});
