import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { down, gpuLab, knowsCdi, seenBy, whyNoBox } from './gpu-lab.ts';
import { docker } from './scenario.ts';

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

	test('none with `--gpus none`', async () => {
		await using lab = gpuLab('gpus: [{count: 1}]');
		const up = await lab.labc('compose', 'up', '-d', '--gpus', 'none');
		assert.equal(up.status, 0, up.stderr);
		assert.match(up.stderr, /runs without a GPU, as `--gpus none` asks/);
		assert.deepEqual(await seenBy(lab), ['']);
		await down(lab);
	});
});
