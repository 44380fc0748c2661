import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { cleanEnvironment, labcPath, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { openPane, type Pane, whyNoTmux } from './tmux.ts';
import { untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? whyNoTmux() ?? false;
const timeout = 120_000;

const compose = (rules: boolean): string => `
services:
  app:
    image: labc/busybox:latest
    command: sh -c 'while sleep 1; do echo tick; done'
    stop_signal: SIGKILL
    ${rules ? 'develop: {watch: [{path: src, action: sync, target: /app}]}' : ''}
`;

const lab = (rules = true): Scenario => scenario({ files: { 'compose.yaml': compose(rules), 'src/a': '1' } });

const openIn = (
	{ folder }: Scenario,
	more: { readonly columns?: number; readonly env?: Record<string, string> } = {},
) => openPane({ folder, columns: more.columns ?? 100, rows: 30, env: { ...cleanEnvironment(), ...more.env } });

const lastLine = (pane: Pane): string => pane.screen().findLast((line) => line !== '') ?? '';
const runs = async (made: Scenario): Promise<boolean> => (await made.containers()).some(({ State }) => State.Running);
const outside = /outside\$$/;
const status = async (pane: Pane, wanted: number): Promise<void> => {
	await pane.waitsAt(outside);
	pane.type('echo status $?');
	await pane.shows(new RegExp(`^status ${wanted}$`));
};

describe('the keys of an attached up', { skip, concurrency: 1 }, () => {
	test('stand below the output; w watches and ends watching, d leaves the containers running', {
		timeout,
	}, async () => {
		await using made = lab();
		using pane = openIn(made);
		await pane.waitsAt(outside);
		pane.type('stty -a > before');
		await pane.waitsAt(outside);
		pane.type(`${labcPath} compose up`);
		await pane.waitsAt(/^w Enable Watch {3}d Detach$/);
		await pane.shows(/^app-1 +\| tick$/);
		assert.equal(lastLine(pane), 'w Enable Watch   d Detach');
		pane.press('w');
		await pane.waitsAt(/^w Disable Watch {3}d Detach$/);
		await pane.shows(/^ Watch enabled for app: 1 folder/);
		made.write('src/a', '2');
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' });
		pane.press('w');
		await pane.waitsAt(/^w Enable Watch/);
		made.write('src/a', '3');
		pane.press('d');
		await pane.shows(/^Left running: `labc compose logs -f`/);
		assert.ok(!pane.screen().some((line) => /Detach.*Left|Stopping/.test(line)), pane.screen().join('\n'));
		await status(pane, 0);
		assert.equal(await runs(made), true);
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' });
		pane.type('stty -a > after; echo ended');
		await pane.shows(/^ended$/);
		assert.equal(
			readFileSync(path.join(made.folder, 'after'), 'utf8'),
			readFileSync(path.join(made.folder, 'before'), 'utf8'),
		);
	});

	test('w watches nothing while somebody else does, who is named, and does once that one has ended', {
		timeout,
	}, async () => {
		await using made = lab();
		await using other = await watching(made);
		using pane = openIn(made, { columns: 140 });
		await pane.waitsAt(outside);
		pane.type(`${labcPath} compose up`);
		await pane.waitsAt(/^w Enable Watch {3}d Detach$/);
		pane.press('w');
		await pane.shows(new RegExp(`nothing is watched: user .* \\(process ${other.pid} on .*\\) is watching project`));
		await pane.shows(/hint: End that watch first/);
		await pane.waitsAt(/^w Enable Watch {3}d Detach$/);
		await other.end();
		pane.press('w');
		await pane.shows(/^ Watch enabled for app/);
		pane.press('C-c');
		await status(pane, 130);
	});

	test('Ctrl-C stops the containers as it does without them, while watching too', { timeout }, async () => {
		await using made = lab();
		using pane = openIn(made);
		await pane.waitsAt(outside);
		pane.type(`${labcPath} compose up --watch`);
		await pane.shows(/^ Watch enabled/);
		await pane.waitsAt(/^w Disable Watch/);
		pane.press('C-c');
		await pane.shows(/^Gracefully Stopping/);
		await pane.shows(/app-1 +Stopped/);
		await status(pane, 130);
		assert.equal(await runs(made), false);
		assert.ok(!pane.screen().some((line) => line.includes('Detach')), pane.screen().join('\n'));
	});

	test('are those that do something: none for watching where no rule is, all that fit into one line', {
		timeout,
	}, async () => {
		await using made = lab(false);
		using pane = openIn(made, { columns: 40 });
		await pane.waitsAt(outside);
		pane.type(`${labcPath} compose up`);
		await pane.waitsAt(/^d Detach$/);
		pane.press('w');
		pane.resize(10, 30);
		pane.press('d');
		await pane.showsAfter('', outside);
		assert.equal(await runs(made), true);
	});

	for (const { when, line, env = {} } of [
		{ when: '--menu=false', line: 'up --menu=false' },
		{ when: 'COMPOSE_MENU=0', line: 'up', env: { COMPOSE_MENU: '0' } },
		{ when: 'no colour is wanted', line: '--ansi never up' },
		{ when: 'the output goes on to a program', line: 'up | cat' },
		{ when: 'nobody types', line: 'up < /dev/null' },
	] as const) {
		test(`are not there with ${when}`, { timeout }, async () => {
			await using made = lab();
			using pane = openIn(made, { env: { ...env } });
			await pane.waitsAt(outside);
			pane.type(`${labcPath} compose ${line}`);
			await pane.shows(/\| tick$/);
			assert.ok(!pane.screen().some((each) => each.includes('Detach')), pane.screen().join('\n'));
			pane.press('C-c');
			await pane.waitsAt(outside);
		});
	}
});
