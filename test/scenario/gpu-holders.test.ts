import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { boxEnv, boxFile, boxFolder, chosen, down, gpuLab, knowsCdi, relay, seenBy, whyNoBox } from './gpu-lab.ts';
import { docker, type Scenario } from './scenario.ts';

const skip = whyNoBox ?? false;
const one = 'gpus: [{count: 1}]';

/** `0: lab-t-1` for each GPU, with all who have it. */
async function holders(lab: Scenario, ...globals: readonly string[]): Promise<readonly string[]> {
	const { stdout, stderr, status } = await lab.labc(...globals, 'gpu', '--format', 'json');
	assert.equal(status, 0, stderr);
	return stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line))
		.map(({ Index, Holders }) => `${Index}: ${Holders.map(({ Name }: { readonly Name: string }) => Name).join(', ')}`);
}

const stranger = (image: string, ...asks: readonly string[]): Promise<string> =>
	docker('run', '-d', ...asks, '--network', 'none', image, 'sleep', '600');

/** An image that says, as those of nvidia do, that all GPUs are to be seen. */
async function imageThatSeesAll(): Promise<AsyncDisposable & { readonly name: string }> {
	const name = 'labc-test-sees-all:latest';
	const id = await docker('create', 'busybox:latest');
	await docker('commit', '-c', 'ENV NVIDIA_VISIBLE_DEVICES=all', id, name);
	await docker('rm', id);
	return {
		name,
		async [Symbol.asyncDispose]() {
			await docker('rmi', '-f', name);
		},
	};
}

const daemonFile = path.join(String(boxFolder), 'daemon.json');

async function useRuntime(name: string): Promise<void> {
	writeFileSync(daemonFile, JSON.stringify({ 'default-runtime': name }));
	process.kill(Number(readFileSync(path.join(String(boxFolder), 'docker.pid'), 'utf8')), 'SIGHUP');
	for (let looks = 0; (await docker('info', '--format', '{{.DefaultRuntime}}')) !== name; looks += 1) {
		assert.ok(looks < 100, `the engine does not take ${name} for its usual runtime`);
	}
}

/** The box with `nvidia-ctk runtime configure --set-as-default`. */
async function nvidiaAsUsual(): Promise<AsyncDisposable> {
	await useRuntime('nvidia');
	return { [Symbol.asyncDispose]: () => useRuntime('runc') };
}

describe('who holds what on the box', { skip, concurrency: false }, async () => {
	const hasCdi = skip === false && (await knowsCdi());
	const noCdi = !hasCdi && 'this engine knows no CDI';

	// Those before CDI take no usual runtime in a reload where the command line named it.
	test('is what was asked for, not what an image sees where nvidia’s runtime is the usual one', {
		skip: noCdi,
	}, async () => {
		await using image = await imageThatSeesAll();
		await using _usual = await nvidiaAsUsual();
		await using first = gpuLab(one, boxEnv, image.name);
		await using unasked = gpuLab('init: true', boxEnv, image.name);
		await using second = gpuLab(`runtime: nvidia\n    ${one}`, boxEnv, image.name);
		const id = await stranger(image.name, '--runtime', 'nvidia', '--gpus', 'device=3');
		const alone = await stranger(image.name);
		try {
			for (const lab of [first, unasked, second]) {
				const up = await lab.labc('compose', 'up', '-d');
				assert.equal(up.status, 0, up.stderr);
				assert.equal(/asks for no GPU and sees them all/.test(up.stderr), lab === unasked, up.stderr);
			}
			assert.deepEqual(await Promise.all([first, unasked, second].map(chosen)), [['GPU 0'], [''], ['GPU 1']]);
			const [, , free, strange] = await holders(first);
			assert.equal(free, '2: ');
			assert.match(String(strange), /^3: \w+$/);
		} finally {
			await docker('rm', '-f', id, alone);
			await down(first, unasked, second);
		}
	});

	test('is none with `--gpus none`, for images too that see all where nvidia’s runtime is the usual one', {
		skip: noCdi,
	}, async () => {
		await using image = await imageThatSeesAll();
		await using _usual = await nvidiaAsUsual();
		await using asks = gpuLab(one, boxEnv, image.name);
		await using unasked = gpuLab('init: false', boxEnv, image.name);
		for (const lab of [asks, unasked]) {
			const up = await lab.labc('compose', 'up', '-d', '--gpus', 'none');
			assert.equal(up.status, 0, up.stderr);
			assert.match(up.stderr, /runs without a GPU, as `--gpus none` asks/);
			assert.deepEqual(await seenBy(lab), ['void']);
			assert.match((await lab.labc('compose', 'ps', '--drift')).stdout, /No drift/);
			assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		}
		assert.deepEqual(await seenBy(unasked), ['all']);
		assert.deepEqual(await chosen(asks), ['GPU 0']);
		await down(asks, unasked);
	});

	test('counts those that the engine starts again after a failure, and no others that ended', async () => {
		await using back = gpuLab(`restart: on-failure\n    ${one}`);
		await using gone = gpuLab(`restart: unless-stopped\n    ${one}`);
		await using next = gpuLab('gpus: [{count: 3}]');
		for (const lab of [back, gone]) await lab.labc('compose', 'up', '-d');
		for (const lab of [back, gone]) await lab.labc('compose', 'stop');
		const up = await next.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(await chosen(next), ['GPU 1 GPU 2 GPU 3']);
		await down(back, gone, next);
	});

	test('is the same from afar, where only places are told', { skip: noCdi }, async () => {
		await using near = gpuLab(one);
		await using far = gpuLab(one);
		await using slice = gpuLab('gpus: [{device_ids: ["4:0"]}]');
		await using host = await relay();
		const from = ['-H', host.host];
		await near.labc('compose', 'up', '-d');
		const up = await far.labc(...from, 'compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		const seen = ['0', '1', '2', '3', '4:0', '4:1'].map((place) => `${place}: `);
		seen[0] += `${near.project}-t-1`;
		seen[1] += `${far.project}-t-1`;
		assert.deepEqual(await holders(far, ...from), seen);
		assert.deepEqual(await holders(near), seen);
		// It has one of the two, and from afar nothing tells which.
		const id = await stranger('busybox:latest', '--gpus', 'device=MIG-00000001-0000-4000-8000-000000000001');
		try {
			const refused = await slice.labc(...from, 'compose', 'up', '-d');
			assert.match(refused.stderr, /asks for 1 GPU, and 0 of 1 can be had/);
			const granted = await slice.labc('compose', 'up', '-d');
			assert.equal(granted.status, 0, granted.stderr);
		} finally {
			await docker('rm', '-f', id);
			await down(near, far, slice);
		}
	});

	test('is said to be unknown by an engine that does not tell its GPUs', {
		skip: hasCdi && 'this engine tells',
	}, async () => {
		await using lab = gpuLab(one);
		await using host = await relay();
		const up = await lab.labc('-H', host.host, 'compose', 'up', '-d', '--gpu-wait');
		assert.equal(up.status, 0, up.stderr);
		assert.equal(up.stderr.match(/this engine does not tell which GPUs there are/g)?.length, 1, up.stderr);
		await down(lab);
	});

	test('is one slice where its container computes on it', async () => {
		const env = { ...boxEnv, FAKE_GPU_BOX: 'box.json' };
		await using busy = gpuLab('gpus: [{device_ids: ["4:0"]}]');
		await using other = gpuLab('gpus: [{device_ids: ["4:1"]}]', env);
		await busy.labc('compose', 'up', '-d');
		const pid = Number(await docker('inspect', '-f', '{{.State.Pid}}', `${busy.project}-t-1`));
		const told = JSON.parse(readFileSync(boxFile, 'utf8'));
		told.gpus[4].processes = [{ pid, name: 'python3', memory: 20_000 }];
		other.write('box.json', JSON.stringify(told));
		const up = await other.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(await chosen(other), ['MIG 1']);
		await down(busy, other);
	});

	test('refuses where nvidia-smi does not tell who uses the GPUs', async () => {
		await using lab = gpuLab(one, { ...boxEnv, FAKE_GPU_BOX: 'box.json' });
		lab.write('box.json', JSON.stringify({ ...JSON.parse(readFileSync(boxFile, 'utf8')), processes: 'secret' }));
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 1);
		assert.match(up.stderr, /nvidia-smi does not tell which GPUs are free: Insufficient Permissions/);
		assert.deepEqual(await chosen(lab), []);
	});
});
