import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { GpuWaiting, LabcEvent } from '../../../src/events/event.ts';
import { createRenderer, type ProgressMode } from '../../../src/render/choose.ts';
import { recordingTarget } from '../../support/recording-target.ts';
import { until } from '../../support/run-tools.ts';

/** What runs is shown with its time by the clock. */
const start = Date.now();

const waiting = (given: Partial<GpuWaiting> = {}): LabcEvent => ({
	at: start,
	type: 'gpu.waiting',
	ticket: 7,
	place: 2,
	length: 3,
	behind: ['ticket 6, project lab, user ann'],
	held: ['GPU 0 (GPU-00000000…): lab-t-1, project lab'],
	...given,
});
const turn: LabcEvent = { at: start + 2500, type: 'gpu.turn' };

async function shown(mode: ProgressMode, events: readonly LabcEvent[], columns = 80): Promise<string> {
	const { target, written } = recordingTarget({ colour: true, isTerminal: true, columns });
	const renderer = createRenderer(mode, target);
	for (const event of events) {
		renderer.on(event);
		// The live view draws from time to time.
		if (mode === 'tty') await until(() => written().includes(markOf(event, columns)));
	}
	await renderer.close();
	return stripVTControlCharacters(written());
}

/** Where the terminal is wide, the place is told too. */
const markOf = (event: LabcEvent, columns: number): string =>
	event.type === 'gpu.waiting' && columns > 60 ? `number ${event.place} of` : 'GPU queue  ';

describe('a place in the queue for GPUs', () => {
	test('is told in plain lines', async () => {
		assert.equal(
			await shown('plain', [waiting(), turn]),
			[
				' GPU queue  Waiting as number 2 of 3, ticket 7',
				'   behind ticket 6, project lab, user ann',
				'   GPU 0 (GPU-00000000…): lab-t-1, project lab',
				' GPU queue  Served',
				'',
			].join('\n'),
		);
	});

	test('is told as JSON', async () => {
		const lines = (await shown('json', [waiting(), turn])).trim().split('\n');
		assert.deepEqual(
			lines.map((line): unknown => JSON.parse(line)),
			[
				{
					id: 'GPU queue',
					status: 'Waiting',
					ticket: 7,
					place: 2,
					length: 3,
					behind: ['ticket 6, project lab, user ann'],
					held: ['GPU 0 (GPU-00000000…): lab-t-1, project lab'],
				},
				{ id: 'GPU queue', status: 'Served' },
			],
		);
	});

	test('stands in a line that changes, with who is in the way below it as long as it waits', async () => {
		const text = await shown('tty', [waiting(), waiting({ place: 1, behind: [] }), turn]);
		assert.match(text, /GPU queue {2}Waiting {4}\d\.\ds {2}as number 2 of 3, ticket 7\s+behind ticket 6/);
		assert.match(text, /as number 1 of 3, ticket 7\s+GPU 0 \(GPU-00000000…\): lab-t-1, project lab/);
		assert.match(text, /\[\+\] Done 1\/1 in 2\.5s\s+✔ GPU queue {2}Served {4}2\.5s\s*$/);
	});

	test('is told to be left where nobody is served', async () => {
		const left: LabcEvent = { at: start + 2500, type: 'gpu.left' };
		assert.match(await shown('tty', [waiting(), left]), /- GPU queue {2}Left {4,6}2\.5s\s*$/);
		assert.match(await shown('plain', [left]), /^ GPU queue {2}Left\n$/);
	});

	test('is cut where the terminal is narrow', async () => {
		const text = await shown('tty', [waiting()], 40);
		for (const line of text.split('\n')) assert.ok(line.trimEnd().length <= 40, line);
	});

	test('names the first of a crowd', async () => {
		const behind = Array.from({ length: 9 }, (_, index) => `ticket ${index}`);
		const lines = (await shown('plain', [waiting({ behind, held: [] })])).trimEnd().split('\n');
		assert.deepEqual(lines.slice(-2), ['   behind ticket 3', '   and 5 more']);
	});

	test('is silent where no progress is wanted', async () => {
		assert.equal(await shown('quiet', [waiting(), turn]), '');
	});
});
