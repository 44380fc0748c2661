import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createInterruption } from '../../../src/cli/interruption.ts';

function listening() {
	const listeners: (() => void)[] = [];
	const interruption = createInterruption((_, listener) => void listeners.push(listener));
	return { interruption, listeners, interrupt: () => listeners[0]?.() };
}

describe('an interruption', () => {
	test('listens only when somebody asks for a signal', () => {
		const { interruption, listeners } = listening();
		assert.equal(interruption.isInterrupted(), false);
		assert.equal(listeners.length, 0);
		assert.equal(interruption.signal.aborted, false);
		assert.equal(listeners.length, 3);
		assert.equal(interruption.forceSignal.aborted, false);
		assert.equal(listeners.length, 3);
	});

	test('asks for a graceful end first, then for one at once', () => {
		const { interruption, interrupt } = listening();
		const { signal, forceSignal } = interruption;
		interrupt();
		assert.deepEqual([signal.aborted, forceSignal.aborted, interruption.isInterrupted()], [true, false, true]);
		interrupt();
		assert.deepEqual([signal.aborted, forceSignal.aborted], [true, true]);
		interrupt();
	});

	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		test(`${name} is one, and the reason names it`, () => {
			const listeners = new Map<string, () => void>();
			const { signal } = createInterruption((signalName, listener) => void listeners.set(signalName, listener));
			listeners.get(name)?.();
			assert.equal(signal.reason.message, name);
		});
	}
});
