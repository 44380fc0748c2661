import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { describe, test } from 'node:test';
import { cleanEnvironment, docker, labcPath, type Scenario, scenario, whyNoEngine } from './scenario.ts';

const talker = (trap: string): string => `
services:
  web:
    image: labc/busybox:latest
    command: ["sh", "-c", "trap '${trap}' TERM; echo ready; while :; do sleep 0.1; done"]
    stop_grace_period: 30s
`;

describe('Ctrl-C', { skip: whyNoEngine() ?? false, concurrency: false }, () => {
	test('once stops what an attached up started, gracefully, and ends with 130', async () => {
		await using lab = scenario({ files: { 'compose.yaml': talker('echo bye; exit 0') } });
		const up = attached(lab, 'up');
		await up.says(/ready/);
		up.child.kill('SIGINT');
		assert.equal(await up.status, 130);
		assert.match(up.output(), /Gracefully Stopping/i);
		assert.match(up.output(), /bye/);
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Status),
			['exited'],
		);
	});

	test('twice ends at once what does not stop', async () => {
		await using lab = scenario({ files: { 'compose.yaml': talker('echo no') } });
		const up = attached(lab, 'up');
		await up.says(/ready/);
		const start = performance.now();
		up.child.kill('SIGINT');
		await up.says(/Gracefully Stopping/i);
		up.child.kill('SIGINT');
		assert.equal(await up.status, 130);
		assert.ok(performance.now() - start < 10_000, 'the grace period of 30 s was waited for');
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Running),
			[false],
		);
	});

	test('while up waits for health leaves nothing that the next up does not finish', async () => {
		const slow = `${talker('exit 0')}    healthcheck: {test: "test -e /tmp/ok", interval: 1s, retries: 100}\n  app:\n    image: labc/busybox:latest\n    command: sleep infinity\n    stop_grace_period: 0s\n    depends_on: {web: {condition: service_healthy}}\n`;
		await using lab = scenario({ files: { 'compose.yaml': slow } });
		const up = attached(lab, 'up', '-d');
		await up.says(/Waiting/);
		up.child.kill('SIGINT');
		assert.equal(await up.status, 130);
		assert.equal((await lab.labc('compose', 'exec', '-T', 'web', 'touch', '/tmp/ok')).status, 0);
		const again = await lab.labc('compose', 'up', '-d');
		assert.equal(again.status, 0, again.stderr);
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Status),
			['running', 'running'],
		);
	});

	test('while the last container of a stop ends lets it end, says so, and ends with 130 all the same', async () => {
		await using lab = scenario({ files: { 'compose.yaml': talker('sleep 2; exit 0') } });
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		const stop = attached(lab, 'stop');
		await stop.says(/Stopping/);
		stop.child.kill('SIGINT');
		assert.equal(await stop.status, 130);
		assert.match(stop.output(), /Interrupted: 1 change is made/);
		assert.doesNotMatch(stop.output(), /as declared/);
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Status),
			['exited'],
		);
	});

	test('in the middle of a build ends it at once, and the image is not there', async () => {
		const slow = 'FROM labc/busybox:latest\nRUN echo has begun; sleep 300\n';
		await using lab = scenario({ files: { Dockerfile: slow, 'compose.yaml': 'services: {app: {build: .}}\n' } });
		const build = attached(lab, 'build');
		await build.says(/app \| has begun/);
		const start = performance.now();
		build.child.kill('SIGINT');
		assert.equal(await build.status, 130);
		assert.ok(performance.now() - start < 60_000, 'the build was waited for');
		assert.equal(await docker('images', '-q', `${lab.project}-app`), '');
	});

	test('is not needed where a dependency takes longer than the time that was given to wait', async () => {
		const never = `${talker('exit 0')}    healthcheck: {test: "false", interval: 1s, start_period: 300s}\n  app:\n    image: labc/busybox:latest\n    command: sleep infinity\n    depends_on: {web: {condition: service_healthy}}\n`;
		await using lab = scenario({ files: { 'compose.yaml': never } });
		const up = await lab.labc('compose', 'up', '-d', '--wait', '--wait-timeout', '1');
		assert.equal(up.status, 1, up.stderr);
		assert.match(up.stderr, /timeout waiting for dependencies after 1s/);
	});

	test('an up whose progress nobody reads any more goes on to its end', async () => {
		await using lab = scenario({ files: { 'compose.yaml': talker('exit 0') } });
		const up = spawn(labcPath, ['compose', 'up', '-d'], {
			cwd: lab.folder,
			env: cleanEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		up.stdout.destroy();
		up.stderr.destroy();
		assert.equal(await new Promise((resolve) => up.on('close', resolve)), 0);
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Status),
			['running'],
		);
	});

	test('a reader that goes away is no error', async () => {
		await using lab = scenario({ files: { 'compose.yaml': talker('exit 0') } });
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		const logs = spawn(labcPath, ['compose', 'logs', '-f'], {
			cwd: lab.folder,
			env: cleanEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const ended = new Promise<number | null>((resolve) => logs.on('close', resolve));
		let stderr = '';
		logs.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		await new Promise((resolve) => logs.stdout.once('data', resolve));
		logs.stdout.destroy();
		await lab.labc('compose', 'exec', '-T', 'web', 'sh', '-c', 'echo more >/proc/1/fd/1');
		assert.equal(await ended, 0);
		assert.equal(stderr, '');
	});
});

interface Attached {
	readonly child: ChildProcess;
	readonly status: Promise<number | null>;
	output(): string;
	/** Resolves when the output has it; fails when the command ends without. */
	says(pattern: RegExp): Promise<void>;
}

function attached(lab: Scenario, ...args: readonly string[]): Attached {
	const child = spawn(labcPath, ['compose', ...args], {
		cwd: lab.folder,
		env: cleanEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const listeners = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			for (const listener of listeners) listener();
		});
	}
	const status = new Promise<number | null>((resolve) => child.on('close', resolve));
	const says = (pattern: RegExp): Promise<void> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				if (pattern.test(output)) resolve();
			};
			listeners.add(look);
			look();
			status.then(() => reject(new Error(`ended without ${pattern}:\n${output}`)), reject);
		});
	return { child, status, output: () => output, says };
}
