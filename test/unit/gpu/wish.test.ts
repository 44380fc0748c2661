import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asksForGpus, type DeviceUse, type GpuWish, isGpuName, isGpuPath, readWish } from '../../../src/gpu/wish.ts';
import { uuid, wish } from '../../support/gpu-cases.ts';

const nothing: DeviceUse = { forms: [], devices: [] };
const gpu = { capabilities: ['gpu'] };

const cases: readonly { readonly when: string; readonly use: Partial<DeviceUse>; readonly is: Partial<GpuWish> }[] = [
	{ when: 'a count', use: { forms: [[{ ...gpu, count: 2 }]] }, is: { count: 2 } },
	{ when: 'a count of -1', use: { forms: [[{ ...gpu, count: -1 }]] }, is: { all: true } },
	{ when: 'ids', use: { forms: [[{ ...gpu, device_ids: ['0', uuid(3)] }]] }, is: { named: ['0', uuid(3)] } },
	{
		when: 'several ids in one text, which the engine hands on as they are',
		use: { forms: [[{ ...gpu, device_ids: [`${uuid(0)}, ${uuid(1)}`, '3'] }]] },
		is: { named: [uuid(0), uuid(1), '3'] },
	},
	{
		when: 'capabilities that nvidia’s driver gives, without the word gpu',
		use: { forms: [[{ capabilities: ['compute', 'utility'], count: 1 }]] },
		is: { count: 1 },
	},
	{ when: 'the id all', use: { forms: [[{ ...gpu, device_ids: ['all'] }]] }, is: { all: true } },
	{
		when: 'two entries of one list, which add up',
		use: {
			forms: [
				[
					{ ...gpu, count: 1 },
					{ ...gpu, device_ids: ['3'] },
				],
			],
		},
		is: { count: 2, named: ['3'] },
	},
	{
		when: 'both forms, which ask for the same',
		use: { forms: [[{ ...gpu, count: 2 }], [{ ...gpu, count: 2 }]] },
		is: { count: 2 },
	},
	{
		when: 'a count in one form and ids in the other',
		use: { forms: [[{ ...gpu, count: 2 }], [{ ...gpu, device_ids: ['1'] }]] },
		is: { count: 2, named: ['1'] },
	},
	{ when: 'a slice', use: { forms: [[{ ...gpu, device_ids: ['MIG-1'] }]] }, is: { named: ['MIG-1'] } },
	{
		when: 'the driver cdi',
		use: { forms: [[{ driver: 'cdi', device_ids: ['nvidia.com/gpu=1', 'vendor.com/fpga=1'] }]] },
		is: { named: ['nvidia.com/gpu=1'] },
	},
	{ when: 'a CDI name among devices', use: { devices: ['nvidia.com/gpu=0'] }, is: { named: ['nvidia.com/gpu=0'] } },
	{ when: 'all as a CDI name', use: { devices: ['nvidia.com/gpu=all'] }, is: { all: true } },
	{ when: 'an AMD CDI name', use: { devices: ['amd.com/gpu=1'] }, is: { vendor: 'amd', named: ['amd.com/gpu=1'] } },
	{
		when: 'names of two makers',
		use: { devices: ['amd.com/gpu=1', 'nvidia.com/gpu=0'] },
		is: { named: ['nvidia.com/gpu=0'], also: { ...wish(), vendor: 'amd', named: ['amd.com/gpu=1'] } },
	},
	{
		when: 'a count, and another maker’s by name',
		use: { forms: [[{ ...gpu, count: 1 }]], devices: ['amd.com/gpu=1'] },
		is: { count: 1, also: { ...wish(), vendor: 'amd', named: ['amd.com/gpu=1'] } },
	},
	{ when: 'the nodes of all AMD GPUs', use: { devices: ['/dev/kfd', '/dev/dri'] }, is: { vendor: 'amd', all: true } },
	{
		when: 'the node of one AMD GPU',
		use: { devices: ['/dev/kfd', '/dev/dri/renderD129'] },
		is: { vendor: 'amd', named: ['/dev/dri/renderD129'] },
	},
	{ when: 'a node of nvidia', use: { devices: ['/dev/nvidia1', '/dev/nvidiactl'] }, is: { named: ['/dev/nvidia1'] } },
	{
		when: 'nvidia’s runtime with ids',
		use: { runtime: 'nvidia', variables: { visibleDevices: `0,${uuid(2)}` } },
		is: { named: ['0', uuid(2)] },
	},
	{
		when: 'a count, whatever nvidia’s runtime reads of the environment',
		use: { forms: [[{ ...gpu, count: 1 }]], runtime: 'nvidia', variables: { visibleDevices: 'all' } },
		is: { count: 1 },
	},
	{
		when: 'a CDI name, whatever nvidia’s runtime reads of the environment',
		use: { devices: ['nvidia.com/gpu=1'], runtime: 'nvidia', variables: { visibleDevices: 'all' } },
		is: { named: ['nvidia.com/gpu=1'] },
	},
	{
		when: 'what an image sees unasked',
		use: { runtime: 'nvidia', variables: { visibleDevices: 'all', isUnasked: true } },
		is: { all: true, isUnasked: true },
	},
	{
		when: 'nvidia’s runtime with its management library alone',
		use: { runtime: 'nvidia', variables: { visibleDevices: 'all', capabilities: 'utility' } },
		is: { all: true, observes: true },
	},
	{
		when: 'nvidia’s runtime with all',
		use: { runtime: 'nvidia', variables: { visibleDevices: 'all' } },
		is: { all: true },
	},
	{
		when: 'the management library alone',
		use: { forms: [[{ capabilities: ['gpu', 'utility'], count: -1 }]] },
		is: { all: true, observes: true },
	},
	{
		when: 'the management library in one form only',
		use: { forms: [[{ capabilities: ['gpu', 'utility'], count: -1 }], [{ ...gpu, count: 1 }]] },
		is: { all: true, count: 1 },
	},
];

describe('readWish', () => {
	for (const { when, use, is } of cases) {
		test(`reads ${when}`, () => {
			const empty = { vendor: 'nvidia', count: 0, all: false, named: [], observes: false };
			assert.deepEqual(readWish({ ...nothing, ...use }), { ...empty, ...is });
		});
	}

	const none: readonly { readonly when: string; readonly use: Partial<DeviceUse> }[] = [
		{ when: 'nothing is asked for', use: {} },
		{ when: 'something else is asked for', use: { forms: [[{ capabilities: ['tpu'], count: 1 }]] } },
		{ when: 'a driver of others is asked', use: { forms: [[{ driver: 'xilinx', capabilities: ['gpu'], count: 1 }]] } },
		{ when: 'the runtime is another', use: { runtime: 'runc', variables: { visibleDevices: 'all' } } },
		{ when: 'nvidia’s runtime is told none', use: { runtime: 'nvidia', variables: { visibleDevices: 'void' } } },
		{ when: 'nvidia’s runtime is told nothing', use: { runtime: 'nvidia' } },
		{ when: 'a screen’s card is passed on', use: { devices: ['/dev/dri', '/dev/snd'] } },
	];
	for (const { when, use } of none) {
		test(`reads no wish where ${when}`, () => assert.equal(readWish({ ...nothing, ...use }), undefined));
	}
});

test('a request is for GPUs by its capability, with a driver that gives them', () => {
	assert.ok(asksForGpus({ driver: 'nvidia', capabilities: ['gpu'] }));
	assert.ok(asksForGpus({ driver: 'cdi', device_ids: ['nvidia.com/gpu=0'] }));
	assert.ok(!asksForGpus({ driver: 'cdi', device_ids: ['vendor.com/net=0'] }));
});

test('names and nodes of GPUs are told from others', () => {
	assert.deepEqual(
		['nvidia.com/gpu=0', 'amd.com/gpu=all', 'nvidia.com/mig1=0', 'intel.com/nic=0', 'gpu'].map(isGpuName),
		[true, true, true, false, false],
	);
	assert.deepEqual(
		['/dev/kfd', '/dev/dri', '/dev/dri/renderD128', '/dev/dri/card0', '/dev/nvidia3', '/dev/nvidiactl'].map(isGpuPath),
		[true, true, true, false, true, false],
	);
});
