import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emit } from '../../../src/events/event.ts';
import { onlyWatchLines, pauseUntil, withOneLock } from '../../../src/use-cases/watch-tools.ts';

describe('while watching', () => {
	test('steps are not told, warnings and what watching does are', () => {
		const told: string[] = [];
		const emit = onlyWatchLines((event) => void told.push(event.type));
		const step = { id: '1', resource: { kind: 'Service', name: 'api' }, doing: 'Building', done: 'Built' } as const;
		const events: readonly Parameters<Emit>[0][] = [
			{ type: 'step.started', step },
			{ type: 'step.failed', step, message: 'no' },
			{ type: 'plan.ready', rows: [] },
			{ type: 'run.done', changed: 0, failed: 0, interrupted: false },
			{ type: 'build.output', service: 'api', text: 'x' },
			{ type: 'warning', message: 'w' },
			{ type: 'watch.started', service: 'api', what: 'rebuilt', changed: [] },
		];
		for (const event of events) emit(event);
		assert.deepEqual(told, ['build.output', 'warning', 'watch.started']);
	});

	test('who wants the lock waits for who has it, also where that one fails', async () => {
		const order: string[] = [];
		const first = Promise.withResolvers<void>();
		const withLock = withOneLock(async (name, work) => {
			order.push(`${name} taken`);
			return work({ confirm: async () => undefined });
		});
		const failing = withLock('a', async () => {
			await first.promise;
			throw new Error('broken');
		});
		const second = withLock('b', async () => 'done');
		await new Promise((resolve) => setImmediate(resolve));
		assert.deepEqual(order, ['a taken']);
		first.resolve();
		await assert.rejects(failing, /broken/);
		assert.equal(await second, 'done');
		assert.deepEqual(order, ['a taken', 'b taken']);
	});

	test('a pause ends with the watch', async () => {
		const over = new AbortController();
		const pause = pauseUntil(over.signal);
		await pause(1);
		const long = pause(60_000);
		over.abort();
		await long;
		await pause(60_000);
	});
});
