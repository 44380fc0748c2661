import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { boxEnv, boxFile, boxFolder, chosen, down, knowsCdi, gpuLab as lab, whyNoBox } from './gpu-lab.ts';
import { docker, type Scenario, scenario } from './scenario.ts';

const skip = whyNoBox ?? false;
const one = 'gpus: [{count: 1}]';

/** `t` gets its GPU once `prep` has ended, which it does when it is told. */
const pipeline = `
services:
  prep:
    image: busybox:latest
    network_mode: none
    command: [sh, -c, "until test -e /done; do sleep 0.1; done"]
  t:
    image: busybox:latest
    network_mode: none
    command: sleep 600
    stop_grace_period: 0s
    ${one}
    depends_on: {prep: {condition: service_completed_successfully}}
`;

/** Both can't have their GPUs at the same time. */
const sequence = `
services:
  prep: {image: busybox:latest, network_mode: none, command: "true", gpus: [{count: 2}]}
  t:
    image: busybox:latest
    network_mode: none
    command: sleep 600
    stop_grace_period: 0s
    gpus: [{count: 4}]
    depends_on: {prep: {condition: service_completed_successfully}}
`;

/** Container → its GPUs. */
async function eachOf({ project }: Scenario): Promise<ReadonlyMap<string, string>> {
	const names = await docker(
		'ps',
		'-a',
		'--filter',
		`label=com.docker.compose.project=${project}`,
		'--format',
		'{{.Names}}',
	);
	const format = '{{index .Config.Labels "labc.gpu.ids"}}';
	const read = names
		.split('\n')
		.map(async (name) => [name, shortNames(await docker('inspect', '-f', format, name))] as const);
	return new Map(await Promise.all(read));
}

const shortNames = (ids: string): string => ids.replaceAll(/(GPU|MIG)-0*(\d)-\S*/g, '$1 $2');

/** Resolves when the engine says so; the test's own time limit ends a wait that is in vain. */
async function isTrue(look: () => Promise<boolean>): Promise<void> {
	while (!(await look())) await setImmediate();
}

describe('a box with four GPUs and one that is cut', { skip, concurrency: false }, async () => {
	test('gives four replicas four GPUs and refuses a fifth, naming who has them', async () => {
		await using made = lab(one);
		const up = await made.labc('compose', 'up', '-d', '--scale', 't=4');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(await chosen(made), ['GPU 0', 'GPU 1', 'GPU 2', 'GPU 3']);
		const fifth = await made.labc('compose', 'up', '-d', '--scale', 't=5');
		assert.equal(fifth.status, 1);
		assert.match(fifth.stderr, new RegExp(`GPU 3 .*: ${made.project}-t-4, project ${made.project}`));
		assert.equal((await chosen(made)).length, 4);
		const before = await eachOf(made);
		const again = await made.labc('compose', 'up', '-d', '--scale', 't=4', '--force-recreate');
		assert.equal(again.status, 0, again.stderr);
		assert.equal(new Set(before.values()).size, 4);
		assert.deepEqual(await eachOf(made), before);
		await down(made);
	});

	test('is open to others while a service waits for what it depends on, whose GPU is kept for it', async () => {
		await using waits = scenario({ env: boxEnv, files: { 'compose.yml': pipeline } });
		await using other = lab('gpus: [{count: 3}]');
		await using late = lab(one);
		const up = waits.labc('compose', 'up', '-d');
		await isTrue(async () => (await docker('ps', '-q', '--filter', `name=^${waits.project}-prep-1$`)) !== '');
		assert.equal((await other.labc('compose', 'up', '-d')).status, 0);
		assert.deepEqual(await chosen(other), ['GPU 1 GPU 2 GPU 3']);
		const refused = await late.labc('compose', 'up', '-d');
		assert.match(refused.stderr, new RegExp(`GPU 0 .*: t-1, which is about to start, project ${waits.project}, user`));
		// Not by an exec, which would have to end before its container does.
		waits.write('done', '');
		await docker('cp', path.join(waits.folder, 'done'), `${waits.project}-prep-1:/done`);
		const { status, stderr } = await up;
		assert.equal(status, 0, stderr);
		assert.equal((await eachOf(waits)).get(`${waits.project}-t-1`), 'GPU 0');
		assert.equal(await docker('volume', 'ls', '-q', '--filter', 'name=labc-'), '');
		await down(waits, other);
	});

	test('brings a pipeline up again while its last part runs, after it has ended, and after that has changed', async () => {
		await using made = scenario({ env: boxEnv, files: { 'compose.yml': sequence } });
		const startOf = (service: string) =>
			docker('inspect', '-f', '{{.State.StartedAt}}', `${made.project}-${service}-1`);
		const starts = () => Promise.all(['prep', 't'].map(startOf));
		assert.equal((await made.labc('compose', 'up', '-d')).status, 0);
		const first = await starts();
		const again = await made.labc('compose', 'up', '-d', '--wait');
		assert.equal(again.status, 0, again.stderr);
		assert.match(again.stderr, /`prep` ended well and is not run again/);
		assert.deepEqual(await starts(), first);
		made.write('compose.yml', sequence.replace('sleep 600', 'sleep 700'));
		const changed = await made.labc('compose', 'up', '-d');
		assert.equal(changed.status, 0, changed.stderr);
		const [prep, train] = await starts();
		assert.ok(prep !== first[0] && train !== first[1]);
		assert.equal((await made.labc('compose', 'stop')).status, 0);
		for (const verb of [['start'], ['stop'], ['up', '-d']]) {
			const { status, stderr } = await made.labc('compose', ...verb);
			assert.equal(status, 0, stderr);
		}
		assert.equal((await made.labc('compose', 'ps', '-q', 't')).stdout.trim().length, 64);
		await down(made);
	});

	test('keeps what a container is about to have while the one it replaces takes its time', async () => {
		const slow =
			'stop_signal: SIGUSR1\n    stop_grace_period: 3s\n    init: true\n    entrypoint: [sh, -c, "trap : USR1; while :; do sleep 1; done"]';
		const file = (count: number) =>
			`services:\n  t:\n    image: busybox:latest\n    network_mode: none\n    ${slow}\n    gpus: [{count: ${count}}]\n`;
		await using made = scenario({ env: boxEnv, files: { 'compose.yml': file(1) } });
		await using other = lab(one);
		assert.equal((await made.labc('compose', 'up', '-d')).status, 0);
		made.write('compose.yml', file(2));
		const up = made.labc('compose', 'up', '-d');
		await isTrue(async () => (await docker('volume', 'ls', '-q', '--filter', 'name=labc-gpu-reserved')) !== '');
		assert.equal((await other.labc('compose', 'up', '-d')).status, 0);
		assert.deepEqual(await chosen(other), ['GPU 2']);
		const { status, stderr } = await up;
		assert.equal(status, 0, stderr);
		assert.deepEqual(await chosen(made), ['GPU 0 GPU 1']);
		await down(made, other);
	});

	test('gives a hook before the first start the GPU of its container, and no other', async () => {
		await using held = lab(one);
		await using hooked = lab(`${one}\n    pre_start: [{command: "true"}]`);
		await held.labc('compose', 'up', '-d');
		const log = path.join(String(boxFolder), 'seen.log');
		const before = readFileSync(log, 'utf8').length;
		const up = await hooked.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		const seen = readFileSync(log, 'utf8').slice(before).trim().split('\n');
		assert.deepEqual(
			seen.map((line) => shortNames(line.split(' ')[1] ?? '')),
			['GPU 1', 'GPU 1'],
		);
		await down(held, hooked);
	});

	test('starts nothing again on what was given away, though labc did not choose it', async () => {
		await using stopped = lab(one, { ...boxEnv, LABC_GPU_ALLOT: 'off' });
		await using other = lab(one);
		assert.equal((await stopped.labc('compose', 'up', '-d')).status, 0);
		await stopped.labc('compose', 'stop');
		assert.equal((await other.labc('compose', 'up', '-d')).status, 0);
		await using again = scenario({ env: boxEnv, folder: stopped.folder, project: stopped.project });
		for (const verb of ['start', 'restart']) {
			const { status, stderr } = await again.labc('compose', verb);
			assert.equal(status, 1, stderr);
			assert.match(stderr, new RegExp(`GPUs were given away: .*\\n +GPU 0 .*: ${other.project}-t-1, project`));
		}
		await down(stopped, other);
	});

	test('gives a GPU to what went without, and looks at changed terms', async () => {
		await using made = lab(one);
		await made.labc('compose', 'up', '-d', '--gpus', 'none');
		const up = await made.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(await chosen(made), ['GPU 0']);
		const file = readFileSync(path.join(made.folder, 'compose.yml'), 'utf8');
		made.write('compose.yml', `${file}    x-labc: {gpu: {share: true, memory: 20g}}\n`);
		const plan = await made.labc('compose', 'plan', '--steps');
		assert.match(plan.stdout, /x-labc\.gpu\.share: false → true\n +x-labc\.gpu\.memory: \(none\) → 20g/);
		assert.equal((await made.labc('compose', 'up', '-d')).status, 0);
		assert.match((await made.labc('compose', 'plan')).stdout, /No change/);
		await down(made);
	});

	test('counts what a stranger has, and keeps a GPU over a recreation', async () => {
		await using made = lab(one);
		const stranger = await docker('run', '-d', '--gpus', '2', '--network', 'none', 'busybox:latest', 'sleep', '600');
		try {
			await made.labc('compose', 'up', '-d');
			assert.deepEqual(await chosen(made), ['GPU 2']);
		} finally {
			await docker('rm', '-f', stranger);
		}
		await made.labc('compose', 'up', '-d', '--force-recreate');
		assert.deepEqual(await chosen(made), ['GPU 2']);
		assert.match((await made.labc('compose', 'ps', '--drift')).stdout, /No drift/);
		await down(made);
	});

	test('makes what is not started though all GPUs are taken, and starts it only when one is free', async () => {
		await using made = lab(one);
		const stranger = await docker('run', '-d', '--gpus', '4', '--network', 'none', 'busybox:latest', 'sleep', '600');
		try {
			const create = await made.labc('compose', 'create', '--scale', 't=2');
			assert.equal(create.status, 0, create.stderr);
			const start = await made.labc('compose', 'start');
			assert.equal(start.status, 1);
			assert.match(start.stderr, /GPUs were given away: /);
		} finally {
			await docker('rm', '-f', stranger);
		}
		const start = await made.labc('compose', 'start');
		assert.equal(start.status, 0, start.stderr);
		assert.deepEqual(await chosen(made), ['GPU 0', 'GPU 1']);
		await down(made);
	});

	test('says so where it gives a GPU on which somebody draws', async () => {
		await using made = lab(one, { ...boxEnv, FAKE_GPU_BOX: 'box.json' });
		const told = JSON.parse(readFileSync(boxFile, 'utf8'));
		const blender = { pid: process.pid, name: 'blender', memory: 900, draws: true };
		Object.assign(told.gpus[0], { processes: [blender] });
		made.write('box.json', JSON.stringify(told));
		const plan = await made.labc('compose', 'plan');
		assert.match(
			plan.stderr,
			/GPU 0 .* is nobody’s, and 0\.9 GiB of its memory are in use by what nvidia-smi does not/,
		);
	});

	test('serves three of six projects that ask at once for three free ones', async () => {
		const stranger = await docker('run', '-d', '--gpus', '1', '--network', 'none', 'busybox:latest', 'sleep', '600');
		const labs = Array.from({ length: 6 }, () => lab(one));
		try {
			const ends = await Promise.all(labs.map((each) => each.labc('compose', 'up', '-d')));
			assert.deepEqual(ends.map(({ status }) => status).sort(), [0, 0, 0, 1, 1, 1]);
			const all = await Promise.all(labs.map(chosen));
			assert.deepEqual(all.flat().sort(), ['GPU 1', 'GPU 2', 'GPU 3']);
		} finally {
			await docker('rm', '-f', stranger);
			await down(...labs);
			for (const each of labs) await each[Symbol.asyncDispose]();
		}
	});

	const spellings: readonly { readonly asks: string; readonly gets: string; readonly byCdi?: true }[] = [
		{ asks: 'gpus: [{device_ids: ["2"]}]', gets: 'GPU 2' },
		{ asks: 'gpus: [{device_ids: [GPU-00000003-0000-4000-8000-000000000003]}]', gets: 'GPU 3' },
		{ asks: 'gpus: [{device_ids: ["4:1"]}]', gets: 'MIG 1' },
		{ asks: 'devices: [nvidia.com/gpu=1]', gets: 'GPU 1', byCdi: true },
		{ asks: 'gpus: all', gets: 'GPU 0 GPU 1 GPU 2 GPU 3 MIG 0 MIG 1' },
		{ asks: 'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 2}]}}}', gets: 'GPU 0 GPU 1' },
		{ asks: '{runtime: nvidia, environment: {NVIDIA_VISIBLE_DEVICES: "3"}}', gets: 'GPU 3' },
	];
	const hasCdi = skip === false && (await knowsCdi());
	for (const { asks, gets, byCdi } of spellings) {
		const why = byCdi === true && !hasCdi && 'this engine knows no CDI';
		test(`understands \`${asks}\``, { skip: why }, async () => {
			const lines = asks.startsWith('{runtime')
				? 'runtime: nvidia\n    environment: {NVIDIA_VISIBLE_DEVICES: "3"}'
				: asks;
			await using made = lab(lines);
			const up = await made.labc('compose', 'up', '-d');
			assert.equal(up.status, 0, up.stderr);
			assert.deepEqual(await chosen(made), [gets]);
			await down(made);
		});
	}
});
