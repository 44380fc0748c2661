import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { LabcEvent } from '../../../src/events/event.ts';
import { createRenderer, type ProgressMode } from '../../../src/render/choose.ts';
import { idleRun, recordedRun } from '../../support/recorded-run.ts';
import { recordingTarget } from '../../support/recording-target.ts';

async function replay(
	mode: ProgressMode,
	events: readonly LabcEvent[],
	options: Parameters<typeof recordingTarget>[0] = {},
) {
	const { target, written } = recordingTarget(options);
	const renderer = createRenderer(mode, target);
	for (const event of events) renderer.on(event);
	await renderer.close();
	return written();
}

const warning = ['warning: compose.yml:1:1: `version` is obsolete', '  hint: Remove it.'];

const plain = [
	...warning,
	' Service jupyter  Building',
	' Service ml-app  Building',
	' Image postgres:16  Pulling',
	'jupyter | #1 FROM debian',
	'jupyter | #2 RUN \\x1b[2Jpip install',
	' Image postgres:16  Pulled',
	' Service jupyter  Built',
	' Service ml-app  Built',
	' Network lab_default  Creating',
	' Network lab_default  Created',
	' Container lab-jupyter-1  Creating',
	' Container lab-jupyter-1  Created',
	' Container lab-jupyter-1  Starting',
	' Container lab-研究-1  Starting',
	' Container lab-jupyter-1  Started',
	' Container lab-jupyter-1  Waiting',
	' Container lab-研究-1  Error port 6006 is taken',
	' Container lab-view-1  Skipped lab-研究-1 failed',
	' Container lab-jupyter-1  Healthy',
	'',
];

describe('the plain renderer', () => {
	test("writes docker compose's lines", async () => {
		assert.deepEqual((await replay('plain', recordedRun)).split('\n'), plain);
	});

	test('writes the same where colour is allowed, but for the words of a warning', async () => {
		const coloured = await replay('plain', recordedRun, { colour: true });
		assert.ok(coloured.startsWith('\u001b[33mwarning:\u001b[39m '));
		assert.equal(stripVTControlCharacters(coloured), plain.join('\n'));
	});

	test('says that nothing had to be done', async () => {
		assert.equal(await replay('plain', idleRun), ' No change: everything is as declared\n');
	});

	test('is what `auto` means off a terminal, and on one that shows no colour', async () => {
		assert.deepEqual((await replay('auto', recordedRun)).split('\n'), plain);
		assert.deepEqual((await replay('auto', recordedRun, { isTerminal: true })).split('\n'), plain);
	});
});

describe('the json renderer', () => {
	test("writes one object per line, in docker compose's form", async () => {
		const lines = (await replay('json', recordedRun, { colour: true })).trimEnd().split('\n');
		assert.deepEqual(
			lines.map((line) => JSON.parse(line)),
			[
				{ warning: true, message: 'compose.yml:1:1: `version` is obsolete', hint: 'Remove it.' },
				{ id: 'Service jupyter', status: 'Building' },
				{ id: 'Service ml-app', status: 'Building' },
				{ id: 'Image postgres:16', status: 'Pulling' },
				{ id: 'Service jupyter', status: 'Building', text: '#1 FROM debian\n#2 RUN \u001b[2Jpip install' },
				{ id: 'Image postgres:16', status: 'Pulling', text: '12 MB of 48 MB', percent: 25 },
				{ id: 'Image postgres:16', status: 'Pulled' },
				{ id: 'Service jupyter', status: 'Built' },
				{ id: 'Service ml-app', status: 'Built' },
				{ id: 'Network lab_default', status: 'Creating' },
				{ id: 'Network lab_default', status: 'Created' },
				{ id: 'Container lab-jupyter-1', status: 'Creating' },
				{ id: 'Container lab-jupyter-1', status: 'Created' },
				{ id: 'Container lab-jupyter-1', status: 'Starting' },
				{ id: 'Container lab-研究-1', status: 'Starting' },
				{ id: 'Container lab-jupyter-1', status: 'Started' },
				{ id: 'Container lab-jupyter-1', status: 'Waiting' },
				{ id: 'Container lab-研究-1', status: 'Error', error: true, text: 'port 6006 is taken\nby another program' },
				{ id: 'Container lab-view-1', status: 'Skipped', text: 'lab-研究-1 failed' },
				{ id: 'Container lab-jupyter-1', status: 'Healthy' },
				{ done: true, changed: 5, failed: 1, interrupted: false },
			],
		);
	});

	test('has one object for a warning of what watching could not do, that names the service first', async () => {
		const failed = {
			service: 'api',
			what: 'rebuilt',
			error: 'it broke',
			place: 'Dockerfile:2:1',
			hint: 'Mend it.',
		} as const;
		const lines = await replay('json', [
			{ at: 0, type: 'warning', message: 'all of it', hint: 'The old one goes on.', failed },
		]);
		assert.equal(
			lines,
			`${JSON.stringify({
				id: 'Watch api',
				status: 'Failed',
				service: 'api',
				action: 'rebuild',
				error: 'it broke',
				place: 'Dockerfile:2:1',
				hint: 'Mend it. The old one goes on.',
				warning: true,
				message: 'all of it',
			})}\n`,
		);
	});

	test('holds no escape byte, whatever it is told', async () => {
		assert.ok(!(await replay('json', recordedRun, { colour: true })).includes('\u001b'));
	});
});

describe('the end of an interrupted run', () => {
	const ends = [
		{ changed: 0, failed: 0, text: ' Interrupted: no change was finished\n' },
		{ changed: 1, failed: 0, text: ' Interrupted: 1 change is made\n' },
		{ changed: 2, failed: 1, text: ' Interrupted: 2 changes are made\n' },
	];
	for (const { changed, failed, text } of ends) {
		test(`is told after ${changed} changes and ${failed} failures, and never as nothing to do`, async () => {
			const events = [{ at: 0, type: 'run.done', changed, failed, interrupted: true }] as const;
			assert.equal(await replay('plain', events), text);
			assert.match(await replay('json', events), /"interrupted":true/);
		});
	}
});

describe('the end of a run that changed nothing', () => {
	const ends = [
		{ when: 'all is as declared', keepsOld: false, text: ' No change: everything is as declared\n' },
		{ when: 'a volume keeps its old configuration', keepsOld: true, text: ' No change\n' },
	];
	for (const { when, keepsOld, text } of ends) {
		test(`is told where ${when}`, async () => {
			const end = { at: 0, type: 'run.done', changed: 0, failed: 0, interrupted: false, keepsOld } as const;
			assert.equal(await replay('plain', [end]), text);
		});
	}
});

describe('the quiet renderer', () => {
	test('shows warnings and nothing else', async () => {
		assert.deepEqual((await replay('quiet', recordedRun)).split('\n'), [...warning, '']);
		assert.equal(await replay('quiet', idleRun), '');
	});
});
