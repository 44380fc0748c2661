import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gpuForms, serviceWish } from '../../../src/gpu/service-wish.ts';
import type { Service } from '../../../src/model/service.ts';
import { wish } from '../../support/gpu-cases.ts';

type Given = Pick<Service, 'gpus' | 'deploy' | 'devices' | 'runtime' | 'environment'>;
const reserved = (devices: NonNullable<Service['gpus']>): NonNullable<Given['deploy']> => ({
	placement: {},
	resources: { reservations: { devices } },
});
const device = (source: string) => ({ source, target: source, permissions: 'rwm' });

const cases: readonly {
	readonly when: string;
	readonly service: Given;
	readonly image?: readonly string[];
	readonly runtime?: string;
	readonly is: ReturnType<typeof serviceWish>;
}[] = [
	{ when: '`gpus` without the capability', service: { gpus: [{ count: 1 }] }, is: wish({ count: 1 }) },
	{
		when: 'reserved devices',
		service: { deploy: reserved([{ capabilities: ['gpu'], count: 2 }]) },
		is: wish({ count: 2 }),
	},
	{
		when: 'both',
		service: { gpus: [{ count: 1 }], deploy: reserved([{ capabilities: ['gpu'], count: 1 }]) },
		is: wish({ count: 1 }),
	},
	{ when: 'devices', service: { devices: [device('nvidia.com/gpu=1')] }, is: wish({ named: ['nvidia.com/gpu=1'] }) },
	{
		when: 'the environment before the image',
		service: { runtime: 'nvidia', environment: { NVIDIA_VISIBLE_DEVICES: '1' } },
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		is: wish({ named: ['1'] }),
	},
	{
		when: 'the image’s environment',
		service: { runtime: 'nvidia' },
		image: ['PATH=/bin', 'NVIDIA_VISIBLE_DEVICES=all'],
		is: wish({ all: true }),
	},
	{ when: 'nothing', service: {}, image: ['NVIDIA_VISIBLE_DEVICES=all'], runtime: 'runc', is: undefined },
	{
		when: 'an image’s environment where nvidia’s is the usual runtime, for which nobody asked',
		service: {},
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		runtime: 'nvidia',
		is: wish({ all: true, isUnasked: true }),
	},
	{
		when: 'its own environment where nvidia’s is the usual runtime',
		service: { environment: { NVIDIA_VISIBLE_DEVICES: '2' } },
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		runtime: 'nvidia',
		is: wish({ named: ['2'] }),
	},
	{
		when: 'its word that it wants none, where nvidia’s is the usual runtime',
		service: { environment: { NVIDIA_VISIBLE_DEVICES: 'void' } },
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		runtime: 'nvidia',
		is: undefined,
	},
	{
		when: 'a count before the image’s environment',
		service: { gpus: [{ count: 1 }] },
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		runtime: 'nvidia',
		is: wish({ count: 1 }),
	},
	{
		when: 'a count before the image’s environment, with nvidia’s runtime',
		service: { runtime: 'nvidia', gpus: [{ count: 1 }] },
		image: ['NVIDIA_VISIBLE_DEVICES=all'],
		is: wish({ count: 1 }),
	},
	{
		when: 'one that only looks',
		service: {
			runtime: 'nvidia',
			environment: { NVIDIA_VISIBLE_DEVICES: 'all', NVIDIA_DRIVER_CAPABILITIES: 'utility' },
		},
		is: wish({ all: true, observes: true }),
	},
	{
		when: 'an exporter’s image',
		service: { runtime: 'nvidia' },
		image: ['NVIDIA_VISIBLE_DEVICES=all', 'NVIDIA_DRIVER_CAPABILITIES=utility'],
		is: wish({ all: true, observes: true }),
	},
];

describe('serviceWish', () => {
	for (const { when, service, image, runtime, is } of cases) {
		test(`reads ${when}`, () => assert.deepEqual(serviceWish(service, { imageEnvironment: image ?? [], runtime }), is));
	}
});

test('requests for GPUs are found wherever they stand, a list for each way of asking, and no others', () => {
	const other = { capabilities: ['tpu'], count: 1 };
	const found = gpuForms({
		deploy: reserved([other, { capabilities: ['gpu'], count: 1 }]),
		gpus: [{ count: 2 }],
		devices: [device('/dev/fuse'), device('nvidia.com/gpu=all')],
	});
	assert.deepEqual(found, [
		[{ capabilities: ['gpu'], count: 1 }],
		[{ count: 2, capabilities: ['gpu'] }],
		[{ driver: 'cdi', device_ids: ['nvidia.com/gpu=all'], capabilities: [] }],
	]);
});
