import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { LabcEvent } from '../../../src/events/event.ts';
import { createRenderer } from '../../../src/render/choose.ts';
import { idleRun, recordedRun } from '../../support/recorded-run.ts';
import { recordingTarget } from '../../support/recording-target.ts';

const finalLines = [
	'[+] Failed: 1 of 7 in 1m03s',
	' ✔ Service jupyter          Built      2.0s',
	' ✔ Service ml-app           Built      2.0s',
	' ✔ Image postgres:16        Pulled     1.0s',
	' ✔ Network lab_default      Created    0.1s',
	' ✔ Container lab-jupyter-1  Healthy   1m00s',
	' ✖ Container lab-研究-1     Error      0.5s  port 6006 is taken',
	' - Container lab-view-1     Skipped    0.0s  lab-研究-1 failed',
];

async function play(events: readonly LabcEvent[], pause: () => Promise<void> = async () => undefined) {
	const { target, written } = recordingTarget({ colour: true, isTerminal: true, columns: 80 });
	const renderer = createRenderer('auto', target);
	for (const event of events) {
		renderer.on(event);
		await pause();
	}
	await renderer.close();
	return written();
}

/** The lines after the last time everything was taken off the screen. */
const lastPicture = (written: string): readonly string[] => {
	const lines = stripVTControlCharacters(written).split('\n');
	const start = lines.findLastIndex((line) => line.startsWith('[+]'));
	return lines.slice(start).map((line) => line.trimEnd());
};

describe('the live view', () => {
	test('leaves the last picture on the screen when events come all at once', async () => {
		assert.deepEqual(lastPicture(await play(recordedRun)), [...finalLines, '']);
	});

	test('leaves the same picture when events come one by one', async () => {
		const written = await play(recordedRun, () => new Promise((resolve) => setTimeout(resolve, 15)));
		assert.deepEqual(lastPicture(written), [...finalLines, '']);
		assert.match(stripVTControlCharacters(written), /\[\+\] Running \d\/\d/);
	});

	test('counts what still runs up to the end of the run', async () => {
		const step = { id: '1', resource: { kind: 'Container', name: 'web' }, doing: 'Waiting', done: 'Healthy' } as const;
		const written = await play([
			{ at: 1000, type: 'step.started', step },
			{ at: 9100, type: 'run.done', changed: 0, failed: 0, interrupted: false },
		]);
		assert.deepEqual(lastPicture(written).slice(0, 2), [
			'[+] Stopped at 0/1 after 8.1s',
			' … Container web  Waiting    8.1s',
		]);
	});

	test('says that it was cut short, and not that all is as declared', async () => {
		const end = { at: 1, type: 'run.done', changed: 0, failed: 0, interrupted: true } as const;
		assert.equal(await play([end]), ' Interrupted: no change was finished\n');
	});

	test('gives the cursor back', async () => {
		const written = await play(recordedRun);
		assert.ok(written.lastIndexOf('\u001b[?25h') > written.lastIndexOf('\u001b[?25l'));
	});

	test('shows what was said meanwhile below the lines', async () => {
		const late: LabcEvent = { at: 2000, type: 'warning', message: 'found orphans', hint: 'Use --remove-orphans.' };
		const written = await play([...recordedRun.slice(0, -1), late, ...recordedRun.slice(-1)]);
		assert.deepEqual(lastPicture(written).slice(-3), ['warning: found orphans', '  hint: Use --remove-orphans.', '']);
	});

	test('writes plain text, and loads nothing, where no step is taken', async () => {
		assert.equal(await play(idleRun), ' No change: everything is as declared\n');
		const only = await play([{ at: 0, type: 'warning', message: 'careful' }]);
		assert.equal(only, '\u001b[33mwarning:\u001b[39m careful\n');
	});

	test('keeps hundreds of resources apart', async () => {
		const events = Array.from({ length: 300 }, (_, index): LabcEvent => {
			const resource = { kind: 'Container', name: `c${index}` } as const;
			return {
				at: index,
				type: 'step.done',
				step: { id: String(index), resource, doing: 'Starting', done: 'Started' },
			};
		});
		const lines = lastPicture(await play(events));
		assert.equal(lines[0], '[+] Done 300/300 in 0.3s');
		assert.equal(new Set(lines.slice(1, -1)).size, 300);
	});
});
