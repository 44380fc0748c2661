import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LabcError } from '../../../src/errors/labc-error.ts';
import {
	type AttendEngine,
	type AttendRequest,
	attendContainer,
	startDetached,
} from '../../../src/use-cases/attend-container.ts';
import type { Console } from '../../../src/use-cases/console.ts';

interface Fake {
	readonly engine: AttendEngine;
	readonly console: Console;
	readonly log: string[];
	/** Ends the program, as the engine would tell it. */
	exit(code: number): void;
	/** Cuts the terminal's line. */
	hangUp(): void;
}

function fake({ startFailure, rawFailure }: { readonly startFailure?: Error; readonly rawFailure?: Error } = {}): Fake {
	const log: string[] = [];
	const hungUp = new AbortController();
	const outputEnd = Promise.withResolvers<void>();
	const ended = Promise.withResolvers<{ readonly exitCode: number }>();
	const note = (text: string): void => void log.push(text);
	return {
		log,
		hangUp: () => hungUp.abort(),
		exit(exitCode) {
			outputEnd.resolve();
			ended.resolve({ exitCode });
		},
		engine: {
			async attachContainer() {
				note('attach');
				return {
					output: (async function* () {
						yield { stream: 'stdout' as const, bytes: Buffer.from('first words') };
						await outputEnd.promise;
					})(),
					write: async () => undefined,
					endInput: () => undefined,
					close: () => note('close'),
				};
			},
			waitContainer(_id, condition) {
				note(`wait ${condition}`);
				return ended.promise;
			},
			async startContainer() {
				note('start');
				if (startFailure !== undefined) throw startFailure;
			},
			async stopContainer() {
				note('stop');
				outputEnd.resolve();
				ended.resolve({ exitCode: 143 });
			},
			async killContainer(_id, signal) {
				note(`kill ${signal}`);
			},
			resizeContainer: async () => undefined,
			async removeContainer() {
				note('remove');
			},
		},
		console: {
			out: async (bytes) => note(`out ${Buffer.from(bytes)}`),
			err: async (bytes) => note(`err ${Buffer.from(bytes)}`),
			outClosed: new AbortController().signal,
			input: {
				read: (_take, signal) =>
					new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
			},
			terminal: {
				size: () => ({ columns: 80, rows: 24 }),
				onResize: () => undefined,
				async enterRawMode() {
					if (rawFailure !== undefined) throw rawFailure;
					note('raw');
					return { restore: () => note('restore'), hungUp: hungUp.signal };
				},
			},
		},
	};
}

const request = (changes: Partial<AttendRequest> = {}): AttendRequest => ({
	id: 'c1',
	name: 'lab-job-run-1',
	tty: false,
	input: true,
	autoRemove: false,
	signal: new AbortController().signal,
	forceSignal: new AbortController().signal,
	onDetach: () => undefined,
	...changes,
});

describe('attendContainer', () => {
	test('is connected and waiting before the container starts, and gives its exit status', async () => {
		const { engine, console, log, exit } = fake();
		const status = attendContainer(engine, request(), console);
		await nextTurn();
		exit(7);
		assert.equal(await status, 7);
		assert.deepEqual(log, ['attach', 'wait next-exit', 'start', 'out first words', 'close']);
	});

	test('waits for the removal where the engine removes', async () => {
		const { engine, console, log, exit } = fake();
		exit(0);
		assert.equal(await attendContainer(engine, request({ autoRemove: true }), console), 0);
		assert.ok(log.includes('wait removed'));
		assert.ok(!log.includes('remove'));
	});

	test('removes a container that could not be started, where nothing shall be kept', async () => {
		const startFailure = new LabcError('ENGINE_REFUSED', 'exec: "nosuch": executable file not found in $PATH');
		const kept = fake({ startFailure });
		await assert.rejects(attendContainer(kept.engine, request(), kept.console), { code: 'COMMAND_NOT_FOUND' });
		assert.ok(!kept.log.includes('remove'));
		const removed = fake({ startFailure });
		await assert.rejects(attendContainer(removed.engine, request({ autoRemove: true }), removed.console), {
			code: 'COMMAND_NOT_FOUND',
		});
		assert.deepEqual(removed.log, ['attach', 'wait removed', 'start', 'remove', 'close']);
	});

	test('removes the container where there is no terminal to be had', async () => {
		const rawFailure = new LabcError('TERMINAL_UNAVAILABLE', 'no stty');
		const { engine, console, log } = fake({ rawFailure });
		await assert.rejects(attendContainer(engine, request({ tty: true, autoRemove: true }), console), {
			code: 'TERMINAL_UNAVAILABLE',
		});
		assert.deepEqual(log, ['remove']);
	});

	test('puts the terminal back whatever happens', async () => {
		const startFailure = new Error('engine gone');
		const { engine, console, log } = fake({ startFailure });
		await assert.rejects(attendContainer(engine, request({ tty: true }), console), /engine gone/);
		assert.deepEqual(
			log.filter((call) => call === 'raw' || call === 'restore'),
			['raw', 'restore'],
		);
	});

	const signals: readonly { when: string; reason: unknown; passed: string }[] = [
		{ when: 'Ctrl-C', reason: new DOMException('SIGINT', 'AbortError'), passed: 'kill SIGINT' },
		{ when: 'SIGTERM', reason: new DOMException('SIGTERM', 'AbortError'), passed: 'kill SIGTERM' },
		{ when: 'an abort without a reason', reason: undefined, passed: 'kill SIGINT' },
	];
	for (const { when, reason, passed } of signals) {
		test(`passes on ${when} and stays until the program ends`, async () => {
			const { engine, console, log, exit } = fake();
			const stop = new AbortController();
			const status = attendContainer(engine, request({ signal: stop.signal }), console);
			await nextTurn();
			stop.abort(reason);
			assert.equal(log.at(-1), passed);
			exit(130);
			assert.equal(await status, 130);
		});
	}

	test('tells the program when the line is cut, and leaves it', async () => {
		const { engine, console, log, hangUp } = fake();
		const status = attendContainer(engine, request({ tty: true }), console);
		await nextTurn();
		hangUp();
		await assert.rejects(status, { code: 'INTERRUPTED' });
		assert.deepEqual(log.slice(-3), ['close', 'kill SIGHUP', 'restore']);
	});

	test('kills at the second Ctrl-C', async () => {
		const { engine, console, log, exit } = fake();
		const force = new AbortController();
		const status = attendContainer(engine, request({ forceSignal: force.signal }), console);
		await nextTurn();
		force.abort();
		assert.equal(log.at(-1), 'kill SIGKILL');
		exit(137);
		assert.equal(await status, 137);
	});

	test('does not start what was interrupted before', async () => {
		const { engine, console, log } = fake();
		const signal = AbortSignal.abort();
		await assert.rejects(attendContainer(engine, request({ signal, autoRemove: true }), console), {
			code: 'INTERRUPTED',
		});
		assert.deepEqual(log, ['attach', 'wait removed', 'remove', 'close']);
	});

	test('stops the container when nobody reads its output any more, which is no failure', async () => {
		const { engine, console, log } = fake();
		const closed = AbortSignal.abort();
		assert.equal(await attendContainer(engine, request(), { ...console, outClosed: closed }), 0);
		assert.ok(log.includes('stop'));
	});

	test('leaves the container at the detach keys and says so', async () => {
		const { engine, console, log } = fake();
		const left: string[] = [];
		const typing: Console = {
			...console,
			input: { read: (take) => take(Buffer.from('\u0010\u0011')) },
		};
		const status = await attendContainer(engine, request({ tty: true, onDetach: (name) => left.push(name) }), typing);
		assert.equal(status, 0);
		assert.deepEqual(left, ['lab-job-run-1']);
		assert.ok(!log.includes('stop') && !log.some((call) => call.startsWith('kill')));
	});
});

describe('startDetached', () => {
	test('starts and says nothing', async () => {
		const { engine, log } = fake();
		await startDetached(engine, { id: 'c1', autoRemove: true });
		assert.deepEqual(log, ['start']);
	});

	test('removes what could not be started, where nothing shall be kept', async () => {
		const { engine, log } = fake({ startFailure: new LabcError('ENGINE_REFUSED', 'exec: "x": permission denied') });
		await assert.rejects(startDetached(engine, { id: 'c1', autoRemove: true }), { code: 'COMMAND_NOT_EXECUTABLE' });
		assert.deepEqual(log, ['start', 'remove']);
	});
});
