import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { cleanEnvironment, labcPath, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { openPane, whyNoTmux } from './tmux.ts';
import { until, untilSays, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 120_000;

const compose = `
services:
  app:
    image: labc/busybox:latest
    command: sh -c 'while sleep 1; do echo tick; done'
    stop_signal: SIGKILL
    develop: {watch: [{path: src, action: sync, target: /app}]}
  api:
    build: api
    stop_signal: SIGKILL
    develop: {watch: [{path: api, action: rebuild}]}
`;
const dockerfile = (line: string): string => `FROM labc/busybox:latest\nRUN ${line}\nCMD ["sleep", "600"]\n`;
const lab = (): Scenario =>
	scenario({ files: { 'compose.yaml': compose, 'src/a': '1', 'api/Dockerfile': dockerfile('true') } });

describe('what a watch says', { skip, concurrency: 1 }, () => {
	test('is an object a line for programs', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made, { progress: 'json', ready: /"id":"Watch","status":"Ready"/ });
		made.write('src/a', '2');
		await watch.says(/"status":"Synced"/);
		made.write('api/Dockerfile', dockerfile('exit 3'));
		await watch.says(/"status":"Failed"/);
		assert.equal(await watch.end(), 130);
		const objects = watch
			.said()
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Record<string, unknown>);
		const synced = objects.find(({ status }) => status === 'Synced');
		assert.deepEqual(
			{ ...synced, milliseconds: typeof synced?.['milliseconds'] },
			{
				id: 'Watch app',
				status: 'Synced',
				service: 'app',
				changed: ['src/a'],
				changes: 1,
				count: 1,
				milliseconds: 'number',
			},
		);
		const failed = objects.find(({ status }) => status === 'Failed');
		assert.deepEqual(
			[failed?.['service'], failed?.['action'], failed?.['place']],
			['api', 'rebuild', 'api/Dockerfile:2:1'],
		);
		assert.match(String(failed?.['error']), /^building `api` failed at `RUN exit 3`/);
		assert.match(String(failed?.['message']), /the container that ran goes on until it is mended and saved/);
		assert.ok(objects.some(({ id, status }) => id === 'Watch api' && status === 'Being rebuilt'));
		assert.ok(
			objects.some(({ message }) => /^`api` can't be rebuilt: .*\napi\/Dockerfile:2:1: .*exit 3/.test(String(message))),
		);
	});

	test('is only what goes wrong where nothing is to be said', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made, { progress: 'quiet', ready: /^/ });
		await until(async () => (await made.containers()).filter(({ State }) => State.Running).length === 2, watch.said);
		await until(async () => {
			made.write('src/a', String(performance.now()));
			return (await made.labc('compose', 'exec', '-T', 'app', 'ls', '/app/a')).status === 0;
		}, watch.said);
		assert.equal(watch.said(), '');
		made.write('api/Dockerfile', dockerfile('exit 3'));
		await watch.says(/warning: `api` can.t be rebuilt: .*\n.*exit 3/);
	});

	test('ends at once with Ctrl-C, also while everything is still being brought up', { timeout }, async () => {
		await using made = lab();
		// Who waited for it would not end in the time that this test has.
		made.write('api/Dockerfile', dockerfile('echo begun && sleep 600'));
		await using watch = await watching(made, { ready: /begun/ });
		assert.equal(await watch.end(), 130);
		assert.match(watch.said(), /Interrupted/);
	});

	for (const args of ['watch', 'up --watch']) {
		test(`ends ${args} when nobody reads it any more, and the containers run on`, { timeout }, async () => {
			await using made = lab();
			made.write('compose.yaml', compose.replace("sh -c 'while sleep 1; do echo tick; done'", 'sleep 600'));
			const line = `"$LABC" compose --progress plain ${args} 2>&1 | { grep -m 1 "Watch enabled" >/dev/null; echo left; }`;
			const shell = spawn('bash', ['-c', line], {
				cwd: made.folder,
				env: { ...cleanEnvironment(), LABC: labcPath },
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			let said = '';
			shell.stdout.setEncoding('utf8').on('data', (text) => (said += text));
			let isOver = false;
			shell.on('close', () => {
				isOver = true;
			});
			try {
				await until(
					() => said.includes('left'),
					() => said,
				);
				await until(
					() => {
						if (!isOver) made.write('src/a', String(performance.now()));
						return isOver;
					},
					() => 'it goes on watching',
				);
			} finally {
				for (const child of isOver ? [] : childrenOf(shell.pid ?? 0)) process.kill(child, 'SIGKILL');
			}
			const running = (await made.containers()).filter(({ State }) => State.Running);
			assert.equal(running.length, 2);
		});
	}

	for (const { columns, colour } of [
		{ columns: 40, colour: true },
		{ columns: 120, colour: false },
	]) {
		test(`stands beside the output of containers, ${columns} columns wide ${colour ? 'with' : 'without'} colour`, {
			timeout,
			skip: whyNoTmux() ?? false,
		}, async () => {
			await using made = lab();
			using pane = openPane({
				folder: made.folder,
				columns,
				rows: 50,
				env: { ...cleanEnvironment(), ...(colour ? {} : { NO_COLOR: '1' }) },
			});
			await pane.waitsAt(/outside\$$/);
			pane.type(`${labcPath} compose up --watch`);
			await pane.shows(/^ Watch enabled for/);
			made.write('src/a', '2');
			await pane.shows(/^ Watch app: src\/a → synced to 1/);
			made.write('api/Dockerfile', dockerfile('sleep 2'));
			await pane.shows(/^ Watch api: api\/Dockerfile → being/);
			await pane.shows(/^ Watch api: api\/Dockerfile → rebuilt/);
			await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' });
			await pane.shows(/^app-1 +\| tick$/);
			const screen = pane.screen();
			assert.ok(!screen.some((line) => /_replaced|Running \d|Stopped at/.test(line)), screen.join('\n'));
			pane.press('C-c');
			await pane.shows(/Gracefully Stopping/);
			await pane.waitsAt(/outside\$$/);
		});
	}
});

const childrenOf = (pid: number): readonly number[] =>
	readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
