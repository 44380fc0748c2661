import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createProgress } from '../../../src/cli/progress.ts';
import type { LabcEvent } from '../../../src/events/event.ts';

/** Renderers that only keep a record. */
function recording() {
	const made: { events: LabcEvent[]; isClosed: boolean }[] = [];
	let now = 0;
	const progress = createProgress(
		() => {
			const record = { events: [] as LabcEvent[], isClosed: false };
			made.push(record);
			return {
				on: (event) => void record.events.push(event),
				close: async () => {
					record.isClosed = true;
				},
			};
		},
		() => ++now,
	);
	return { progress, made };
}

describe('progress', () => {
	test('tells the commands of hints as they must be given', () => {
		const { progress, made } = recording();
		progress.address((hint) => hint.replace('labc compose', 'labc compose -p lab'));
		progress.emit({ type: 'warning', message: 'no', hint: 'Run `labc compose ps`.' });
		assert.deepEqual(made[0]?.events, [
			{ at: 1, type: 'warning', message: 'no', hint: 'Run `labc compose -p lab ps`.' },
		]);
	});

	test('tells no secret, whoever quotes it', () => {
		const { progress, made } = recording();
		progress.hide(new Set(['hunter2', 'hunter2-long']));
		const step = {
			id: '1',
			resource: { kind: 'Container', name: 'hunter2-c' },
			doing: 'Starting',
			done: 'Started',
		} as const;
		progress.emit({ type: 'step.failed', step, message: 'bad variable "K=hunter2-long" or hunter2' });
		progress.emit({ type: 'build.output', service: 'a', text: 'RUN login hunter2' });
		assert.deepEqual(made[0]?.events, [
			{ at: 1, type: 'step.failed', step, message: 'bad variable "K=••••" or ••••' },
			{ at: 2, type: 'build.output', service: 'a', text: 'RUN login ••••' },
		]);
	});

	test('makes no renderer before there is something to show', async () => {
		const { progress, made } = recording();
		await progress.flush();
		assert.equal(made.length, 0);
	});

	test('stamps events and hands them to one renderer', () => {
		const { progress, made } = recording();
		progress.emit({ type: 'warning', message: 'a' });
		progress.emit({ type: 'run.done', changed: 0, failed: 0, interrupted: false });
		assert.deepEqual(made, [
			{
				isClosed: false,
				events: [
					{ at: 1, type: 'warning', message: 'a' },
					{ at: 2, type: 'run.done', changed: 0, failed: 0, interrupted: false },
				],
			},
		]);
	});

	test('closes the renderer when it is flushed; the next event starts another', async () => {
		const { progress, made } = recording();
		progress.emit({ type: 'warning', message: 'a' });
		await progress.flush();
		progress.emit({ type: 'warning', message: 'b' });
		assert.deepEqual(
			made.map(({ isClosed, events }) => [isClosed, events.length]),
			[
				[true, 1],
				[false, 1],
			],
		);
	});
});
