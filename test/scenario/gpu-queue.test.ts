import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { boxEnv, boxFolder, chosen, down, gpuLab as lab, whyNoBox } from './gpu-lab.ts';
import { watchBox } from './gpu-log.ts';
import { cleanEnvironment, docker, labcPath, type Scenario } from './scenario.ts';

const one = 'gpus: [{count: 1}]';
const four = 'gpus: [{count: 4}]';

/** labc at work, with all that it says on both streams. */
interface Running {
	readonly child: ChildProcess;
	readonly status: Promise<number | null>;
	output(): string;
	says(pattern: RegExp): Promise<void>;
}

function start(at: Scenario, args: readonly string[], uid?: number): Running {
	const env = { ...cleanEnvironment(), ...boxEnv, HOME: at.folder };
	const given = { cwd: at.folder, env, ...(uid !== undefined && { uid, gid: uid }) };
	const child = spawn(labcPath, ['compose', ...args], { ...given, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	const checks = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			for (const check of checks) check();
		});
	}
	const status = new Promise<number | null>((resolve) => child.on('close', resolve));
	return {
		child,
		status,
		output: () => said,
		says: (pattern) =>
			new Promise((resolve, reject) => {
				const check = (): void => {
					if (pattern.test(said)) resolve();
				};
				checks.add(check);
				check();
				void status.then(() => reject(new Error(`ended without saying ${pattern}:\n${said}`)));
			}),
	};
}

const waiting = /GPU queue {2}Waiting/;
const tickets = () => docker('volume', 'ls', '-q', '--filter', 'name=labc-gpu-queue');

describe('the queue of a box with four GPUs', { skip: whyNoBox ?? false, concurrency: false }, () => {
	test('serves who came first, though a later one could be served sooner', async () => {
		await using holder = lab(one);
		await using large = lab(four);
		await using small = lab(one);
		await using barging = lab(one);
		await holder.labc('compose', 'up', '-d');
		const first = start(large, ['up', '-d', '--gpu-wait']);
		await first.says(/as number 1 of 1, ticket 1\n +GPU 0 .*, project labct-/);
		const second = start(small, ['up', '-d', '--gpu-wait=10m']);
		await second.says(/as number 2 of 2, ticket 2\n +behind ticket 1, project labct-/);
		const refused = await barging.labc('compose', 'up', '-d');
		assert.equal(refused.status, 1);
		assert.match(refused.stderr, /GPU 3 .*: kept for ticket 1, project labct-/);
		assert.match(
			(await holder.labc('gpu', 'queue')).stdout,
			/^1 +4 GPUs +\S+ +labct-.*waiting *\n2 +1 GPU +\S+ +labct-/m,
		);
		await down(holder);
		assert.equal(await first.status, 0, first.output());
		assert.deepEqual(await chosen(large), ['GPU 0 GPU 1 GPU 2 GPU 3']);
		await second.says(/as number 1 of 1, ticket 2\n +GPU 0/);
		await down(large);
		assert.equal(await second.status, 0, second.output());
		assert.deepEqual(await chosen(small), ['GPU 0']);
		assert.equal(await tickets(), '');
		await down(small);
	});

	test('keeps nothing idle for one who could not use it', async () => {
		await using first = lab('gpus: [{device_ids: ["0"]}]');
		await using rest = lab('gpus: [{count: 3}]');
		await using wants = lab('gpus: [{device_ids: ["0"]}]');
		await using any = lab(one);
		await using barging = lab('gpus: [{device_ids: ["2"]}]');
		await first.labc('compose', 'up', '-d');
		await rest.labc('compose', 'up', '-d');
		const head = start(wants, ['up', '-d', '--gpu-wait']);
		await head.says(/as number 1 of 1, ticket 1/);
		const next = start(any, ['up', '-d', '--gpu-wait']);
		await next.says(/as number 2 of 2, ticket 2/);
		await down(rest);
		assert.equal(await next.status, 0, next.output());
		assert.deepEqual(await chosen(any), ['GPU 1']);
		assert.equal((await barging.labc('compose', 'up', '-d')).status, 0);
		await down(first);
		assert.equal(await head.status, 0, head.output());
		assert.deepEqual(await chosen(wants), ['GPU 0']);
		assert.equal(await tickets(), '');
		await down(wants, any, barging);
	});

	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		test(`is left cleanly on ${signal}`, async () => {
			await using holder = lab(four);
			await using asking = lab(one);
			await holder.labc('compose', 'up', '-d');
			const up = start(asking, ['up', '-d', '--gpu-wait']);
			await up.says(waiting);
			up.child.kill(signal);
			assert.equal(await up.status, 130);
			assert.equal(await tickets(), '');
			assert.deepEqual(await asking.containers(), []);
			await down(holder);
		});
	}

	test('is left with 75 and the names of the holders when the time is up', async () => {
		await using holder = lab(four);
		await using asking = lab(one);
		await holder.labc('compose', 'up', '-d');
		const { status, stderr } = await asking.labc('compose', 'run', '--rm', '--gpu-wait=1s', 't', 'true');
		assert.equal(status, 75, stderr);
		assert.match(stderr, new RegExp(`waited 1s for GPUs: .*\\n +GPU 0 .*: ${holder.project}-t-1, project`));
		assert.equal(await tickets(), '');
		await down(holder);
	});

	test('gives a cancelled ticket up, and passes over that of a killed process', async () => {
		await using holder = lab(four);
		await using cancelled = lab(one);
		await using killed = lab(one);
		await using served = lab(one);
		await holder.labc('compose', 'up', '-d');
		const first = start(cancelled, ['up', '-d', '--gpu-wait']);
		await first.says(waiting);
		const second = start(killed, ['up', '-d', '--gpu-wait']);
		await second.says(waiting);
		const third = start(served, ['up', '-d', '--gpu-wait']);
		await third.says(/as number 3 of 3/);
		second.child.kill('SIGKILL');
		await second.status;
		assert.match((await holder.labc('gpu', 'cancel', '1')).stdout, /^ticket 1 of user .* is cancelled\n$/);
		assert.equal(await first.status, 1);
		assert.match(first.output(), /user \S+ \(process \d+ on \S+\) took the ticket for GPUs away/);
		await down(holder);
		assert.equal(await third.status, 0, third.output());
		assert.equal(await tickets(), '');
		await down(served);
	});

	test('makes who starts a stopped container again come behind, and what was given away is not taken back', async () => {
		await using asking = lab(one);
		await using stopped = lab(one);
		await using other = lab('gpus: [{count: 3}]');
		await stopped.labc('compose', 'up', '-d');
		await other.labc('compose', 'up', '-d');
		const up = start(asking, ['up', '-d', '--gpu-wait']);
		await up.says(waiting);
		await stopped.labc('compose', 'stop');
		assert.equal(await up.status, 0, up.output());
		for (const verb of ['start', 'restart']) {
			const { status, stderr } = await stopped.labc('compose', verb);
			assert.equal(status, 1);
			assert.match(stderr, new RegExp(`GPUs were given away: .*\\n +GPU 0 .*: ${asking.project}-t-1, project`));
		}
		const refused = await stopped.labc('compose', 'up', '-d');
		assert.equal(refused.status, 1, refused.stderr);
		await down(other);
		const again = await stopped.labc('compose', 'up', '-d');
		assert.equal(again.status, 0, again.stderr);
		assert.deepEqual(await chosen(stopped), ['GPU 1']);
		await down(asking, stopped);
	});

	test('serves twenty processes of two users in their order, none twice', { timeout: 1_200_000 }, async (t) => {
		chmodSync(`${boxFolder}/docker.sock`, 0o666);
		const people = process.getuid?.() === 0 ? [1, 65_534] : [process.getuid?.() ?? 0];
		const labs = Array.from({ length: 20 }, () => lab(one));
		for (const { folder } of labs) chmodSync(path.dirname(folder), 0o755);
		const log = await watchBox();
		const [gate] = labs.map(({ folder }) => folder);
		const program = ['sh', '-c', 'until test -e /gate/open; do sleep 0.1; done'];
		const args = ['run', '--rm', '-T', '--gpu-wait', '-v', `${gate}:/gate:ro`, 't', ...program];
		const runs = labs.map((at, index) => start(at, args, people[index % people.length]));
		await several(runs, 16);
		labs[0]?.write('open', '');
		const ends = await Promise.all(runs.map(({ status }) => status));
		assert.ok(
			ends.every((status) => status === 0),
			runs.map((run) => run.output()).join('\n'),
		);
		const { grants, tickets: served, doubles, handOvers } = await log.ended(labs.length);
		assert.deepEqual(doubles, []);
		assert.equal(grants.length, 20);
		assert.deepEqual(
			served,
			served.toSorted((a, b) => a - b),
		);
		assert.equal(served.length, 16);
		assert.equal(new Set(grants.map(({ user }) => user)).size, people.length);
		assert.equal(await tickets(), '');
		const sorted = handOvers.toSorted((a, b) => a - b);
		const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
		t.diagnostic(
			`20 processes, 4 GPUs: ${served.length} waited; a freed GPU ran again after ${at(0.5)} ms (p50), ${at(0.95)} ms (p95)`,
		);
		for (const each of labs) await each[Symbol.asyncDispose]();
	});
});

/** Resolves when so many of them wait. */
function several(runs: readonly Running[], count: number): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	let waits = 0;
	for (const run of runs) {
		run.says(waiting).then(
			() => {
				waits += 1;
				if (waits === count) resolve();
			},
			// Four are served at once and wait for the gate.
			reject,
		);
	}
	return promise;
}
