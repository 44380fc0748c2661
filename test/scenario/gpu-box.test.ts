import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chosen, down, knowsCdi, gpuLab as lab, whyNoBox } from './gpu-lab.ts';
import { docker } from './scenario.ts';

const skip = whyNoBox ?? false;
const one = 'gpus: [{count: 1}]';

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
		const again = await made.labc('compose', 'up', '-d', '--scale', 't=4', '--force-recreate');
		assert.equal(again.status, 0, again.stderr);
		assert.equal(new Set(await chosen(made)).size, 4);
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
