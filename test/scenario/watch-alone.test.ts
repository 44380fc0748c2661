import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { docker, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { containerOf, until, untilSays, watching } from './watching.ts';

const timeout = 120_000;

const compose = [
	'services:',
	'  app:',
	'    image: labc/busybox:latest',
	'    command: sleep 600',
	'    stop_signal: SIGKILL',
	'    develop: {watch: [{path: src, action: sync, target: /app}]}',
	'',
].join('\n');

const lab = (): Scenario => scenario({ files: { 'compose.yaml': compose, 'src/a': '1' } });

const locksOf = async ({ project }: Scenario): Promise<readonly string[]> => {
	const names = await docker('volume', 'ls', '-q', '--filter', `name=labc-lock-${project}.`);
	return names.split('\n').filter((name) => name !== '');
};

describe('who watches a project', { skip: whyNoEngine() ?? false, concurrency: 1 }, () => {
	test('does it alone: another one is refused before anything is started, and told who it is', {
		timeout,
	}, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const before = await containerOf(made, 'app');
		for (const words of [['watch'], ['watch', '--no-up'], ['up', '--watch']]) {
			const other = await made.labc('compose', ...words);
			assert.equal(other.status, 75, other.stderr);
			assert.match(other.stderr, new RegExp(`process ${watch.pid} on .* is watching project .?${made.project}`));
			assert.match(other.stderr, / since 20\d\d-\d\d-\d\d \d\d:\d\d UTC\n/);
			assert.match(other.stderr, new RegExp(`hint: End that watch first, .* .kill ${watch.pid}.`));
			assert.doesNotMatch(other.stderr, /Container|Watch enabled/);
		}
		assert.equal(await containerOf(made, 'app'), before);
		made.write('src/a', '2');
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' }, watch.said);
		assert.deepEqual(await locksOf(made), [`labc-lock-${made.project}.watch.1`]);
	});

	test('keeps nobody from changing it', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const stopped = await made.labc('compose', 'stop', '-t', '0', '--no-wait');
		assert.equal(stopped.status, 0, stopped.stderr);
		const up = await made.labc('compose', 'up', '-d', '--no-wait');
		assert.equal(up.status, 0, up.stderr);
		made.write('src/a', '2');
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' }, watch.said);
	});

	test('lets the next one in when it ends, also when it was killed', { timeout }, async () => {
		await using made = lab();
		const first = await watching(made);
		assert.equal(await first.end(), 130);
		assert.deepEqual(await locksOf(made), []);
		const second = await watching(made, { args: ['watch', '--no-up'] });
		process.kill(second.pid, 'SIGKILL');
		await second.end();
		assert.deepEqual(await locksOf(made), [`labc-lock-${made.project}.watch.1`]);
		await using third = await watching(made, { args: ['watch', '--no-up'] });
		assert.deepEqual(await locksOf(made), [`labc-lock-${made.project}.watch.2`]);
		made.write('src/a', '3');
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '3' }, third.said);
	});

	test('may be somebody of whom nobody here can tell whether he lives: --break-lock passes over him', {
		timeout,
	}, async () => {
		await using made = lab();
		await docker('volume', 'create', `labc-lock-${made.project}.watch.1`);
		const refused = await made.labc('compose', 'watch');
		assert.equal(refused.status, 75, refused.stderr);
		assert.match(refused.stderr, /hint: It can’t be told from here .* give `--break-lock`/);
		await using watch = await watching(made, { args: ['watch', '--break-lock'] });
		assert.deepEqual(await locksOf(made), [`labc-lock-${made.project}.watch.2`]);
		made.write('src/a', '2');
		await untilSays(made, { service: 'app', line: 'cat /app/a', wanted: '2' }, watch.said);
	});

	test('is not asked by a dry run, nor held up by it', { timeout }, async () => {
		await using made = lab();
		await using watch = await watching(made);
		const shown = await made.labc('compose', '--dry-run', 'watch');
		assert.equal(shown.status, 0, shown.stderr);
		await until(async () => (await locksOf(made)).length === 1, watch.said);
	});
});
