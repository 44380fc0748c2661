import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { boxEnv, boxFile, chosen, down, gpuLab, knowsCdi, seenBy, whyNoBox } from './gpu-lab.ts';
import { docker, scenario } from './scenario.ts';

const skip = whyNoBox ?? false;
const uuid = (index: number): string => `GPU-0000000${index}-0000-4000-8000-00000000000${index}`;
const slice = (index: number): string => `MIG-0000000${index}-0000-4000-8000-00000000000${index}`;
const reserved = (text: string): string => `deploy: {resources: {reservations: {devices: ${text}}}}`;

const cases: readonly { readonly asks: string; readonly sees: readonly string[]; readonly byCdi?: true }[] = [
	{ asks: 'gpus: [{count: 1}]', sees: [uuid(0)] },
	{ asks: 'gpus: [{count: 2}]', sees: [`${uuid(0)},${uuid(1)}`] },
	{ asks: 'gpus: all', sees: ['all'] },
	{ asks: 'gpus: [{device_ids: ["2"]}]', sees: ['2'] },
	{ asks: `gpus: [{device_ids: [${uuid(3)}]}]`, sees: [uuid(3)] },
	{ asks: `gpus: [{device_ids: [${slice(1)}]}]`, sees: [slice(1)] },
	{ asks: 'gpus: [{count: 1}]\n    deploy: {replicas: 4}', sees: [0, 1, 2, 3].map(uuid) },
	{ asks: reserved('[{capabilities: [gpu], count: 2}]'), sees: [`${uuid(0)},${uuid(1)}`] },
	{
		asks: `gpus: [{count: 2}]\n    ${reserved('[{capabilities: [gpu], count: 2}]')}`,
		sees: [`${uuid(0)},${uuid(1)}`],
	},
	{ asks: 'runtime: nvidia\n    environment: {NVIDIA_VISIBLE_DEVICES: "3"}', sees: ['3'] },
	{ asks: 'devices: [nvidia.com/gpu=1]', sees: ['CDI 1'], byCdi: true },
	{ asks: `devices: [nvidia.com/gpu=${uuid(2)}]`, sees: [`CDI ${uuid(2)}`], byCdi: true },
	{
		asks: reserved('[{capabilities: [gpu], driver: cdi, device_ids: [nvidia.com/gpu=3]}]'),
		sees: ['CDI 3'],
		byCdi: true,
	},
];

describe('a program on the box sees', { skip, concurrency: false }, async () => {
	const hasCdi = skip === false && (await knowsCdi());
	for (const { asks, sees, byCdi } of cases) {
		const why = byCdi === true && !hasCdi && 'this engine knows no CDI';
		test(`${sees.join(' and ')} with \`${asks.replace(/\n */g, ', ')}\``, { skip: why }, async () => {
			await using lab = gpuLab(asks);
			const up = await lab.labc('compose', 'up', '-d');
			assert.equal(up.status, 0, up.stderr);
			assert.deepEqual(await seenBy(lab), sees);
			await down(lab);
		});
	}

	test('the same GPU after it was made anew, and after a restart', async () => {
		await using lab = gpuLab('gpus: [{count: 1}]');
		const stranger = await docker('run', '-d', '--gpus', '3', '--network', 'none', 'busybox:latest', 'sleep', '600');
		try {
			await lab.labc('compose', 'up', '-d');
		} finally {
			await docker('rm', '-f', stranger);
		}
		for (const verb of [['up', '-d', '--force-recreate'], ['restart'], ['stop'], ['start']]) {
			const { status, stderr } = await lab.labc('compose', ...verb);
			assert.equal(status, 0, stderr);
			if (verb[0] !== 'stop') assert.deepEqual(await seenBy(lab), [uuid(3)], verb.join(' '));
		}
		await down(lab);
	});

	test('none with `--gpus none`, also where it had one', async () => {
		await using lab = gpuLab('gpus: [{count: 1}]');
		const hasNone = async (): Promise<void> => {
			const up = await lab.labc('compose', 'up', '-d', '--gpus', 'none');
			assert.equal(up.status, 0, up.stderr);
			assert.match(up.stderr, /runs without a GPU, as `--gpus none` asks/);
			assert.deepEqual(await seenBy(lab), ['']);
		};
		await hasNone();
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		assert.deepEqual(await seenBy(lab), [uuid(0)]);
		await hasNone();
		await down(lab);
	});

	test('another GPU where its card was exchanged while it was stopped, which the machine would not start it with', async () => {
		await using before = gpuLab('gpus: [{count: 1}]', { ...boxEnv, FAKE_GPU_BOX: 'before.json' });
		before.write('before.json', readFileSync(boxFile, 'utf8').replace(uuid(0), uuid(7)));
		assert.equal((await before.labc('compose', 'create')).status, 0);
		assert.deepEqual(await chosen(before), ['GPU 7']);
		await assert.rejects(docker('start', `${before.project}-t-1`), /unknown device/);
		await using lab = scenario({ env: boxEnv, folder: before.folder, project: before.project });
		const start = await lab.labc('compose', 'start');
		assert.equal(start.status, 1);
		assert.match(start.stderr, new RegExp(`\`${uuid(7)}\`, and there is no such GPU`));
		const plan = await lab.labc('compose', 'plan', '--steps');
		assert.match(plan.stdout, /what it had is not in the machine any more/);
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		assert.deepEqual(await seenBy(lab), [uuid(0)]);
		await down(lab);
	});

	test('nothing where the engine counts beyond what there is, for labc does not', async () => {
		await using lab = gpuLab('gpus: [{count: 9}]', { ...boxEnv, LABC_GPU_ALLOT: 'off' });
		const up = await lab.labc('compose', 'up', '-d');
		assert.equal(up.status, 1);
		assert.match(up.stderr, /unknown device/);
		await down(lab);
	});
});
