import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolveUnits, unitsOf } from '../../../src/gpu/inventory.ts';
import { type CdiDevice, devicesOfSpec, gpusOfCdi } from '../../../src/inventory/cdi.ts';

const device = (name: string, ...nodes: readonly string[]): CdiDevice => ({ name, nodes });

const cases: readonly {
	readonly when: string;
	readonly devices: readonly CdiDevice[];
	/** `vendor index id names`. */
	readonly are: readonly string[];
}[] = [
	{ when: 'there is none', devices: [device('vendor.com/nic=0')], are: [] },
	{
		when: 'there are indices alone',
		devices: ['nvidia.com/gpu=1', 'nvidia.com/gpu=0', 'nvidia.com/gpu=all'].map((name) => device(name)),
		are: ['nvidia 0 nvidia.com/gpu=0 nvidia.com/gpu=0', 'nvidia 1 nvidia.com/gpu=1 nvidia.com/gpu=1'],
	},
	{
		when: 'there are UUIDs alone',
		devices: ['nvidia.com/gpu=GPU-b', 'nvidia.com/gpu=GPU-a'].map((name) => device(name)),
		are: ['nvidia 0 GPU-b nvidia.com/gpu=GPU-b', 'nvidia 1 GPU-a nvidia.com/gpu=GPU-a'],
	},
	{
		when: 'nodes tell which UUID an index has',
		devices: [
			device('nvidia.com/gpu=0', '/dev/nvidia0'),
			device('nvidia.com/gpu=1', '/dev/nvidia1'),
			device('nvidia.com/gpu=GPU-b', '/dev/nvidia1'),
			device('nvidia.com/gpu=GPU-a', '/dev/nvidia0'),
		],
		are: [
			'nvidia 0 GPU-a nvidia.com/gpu=0+nvidia.com/gpu=GPU-a',
			'nvidia 1 GPU-b nvidia.com/gpu=1+nvidia.com/gpu=GPU-b',
		],
	},
	{
		when: 'they have the same nodes, so that their order tells it',
		devices: [
			device('nvidia.com/gpu=0', '/dev/dxg'),
			device('nvidia.com/gpu=1', '/dev/dxg'),
			device('nvidia.com/gpu=GPU-a', '/dev/dxg'),
			device('nvidia.com/gpu=GPU-b', '/dev/dxg'),
		],
		are: [
			'nvidia 0 GPU-a nvidia.com/gpu=0+nvidia.com/gpu=GPU-a',
			'nvidia 1 GPU-b nvidia.com/gpu=1+nvidia.com/gpu=GPU-b',
		],
	},
	{
		when: 'names alone do not tell which UUID an index has, for the engine sorts them',
		devices: ['nvidia.com/gpu=0', 'nvidia.com/gpu=1', 'nvidia.com/gpu=GPU-a', 'nvidia.com/gpu=GPU-b'].map((name) =>
			device(name),
		),
		are: ['nvidia 0 nvidia.com/gpu=0 nvidia.com/gpu=0', 'nvidia 1 nvidia.com/gpu=1 nvidia.com/gpu=1'],
	},
	{
		when: 'there is but one, so that its UUID is known',
		devices: ['nvidia.com/gpu=0', 'nvidia.com/gpu=GPU-a'].map((name) => device(name)),
		are: ['nvidia 0 GPU-a nvidia.com/gpu=0+nvidia.com/gpu=GPU-a'],
	},
	{
		when: 'names say what they are the place of',
		devices: [device('nvidia.com/gpu=gpu1'), device('nvidia.com/gpu=gpu0')],
		are: ['nvidia 0 nvidia.com/gpu=gpu0 nvidia.com/gpu=gpu0', 'nvidia 1 nvidia.com/gpu=gpu1 nvidia.com/gpu=gpu1'],
	},
	{
		when: 'they are AMD’s',
		devices: [device('amd.com/gpu=0', '/dev/kfd', '/dev/dri/renderD128')],
		are: ['amd 0 amd.com/gpu=0 amd.com/gpu=0'],
	},
];

describe('gpusOfCdi', () => {
	for (const { when, devices, are } of cases) {
		test(`finds GPUs where ${when}`, () => {
			const found = gpusOfCdi(devices, 'cdi')?.gpus ?? [];
			assert.deepEqual(
				found.map(({ vendor, index, id, cdiNames }) => `${vendor} ${index} ${id} ${cdiNames.join('+')}`),
				are,
			);
		});
	}

	test('takes `0:1` for a slice of the first', () => {
		const found = gpusOfCdi([device('nvidia.com/gpu=0'), device('nvidia.com/gpu=0:1')], 'engine');
		assert.deepEqual(found?.gpus.at(0)?.slices, [{ id: 'nvidia.com/gpu=0:1', index: 1, profile: 'MIG' }]);
	});
});

test('UUIDs that names alone tell may be of each GPU, and of each slice', () => {
	const names = ['0', '1', '1:0', '1:1', 'GPU-a', 'GPU-b', 'MIG-a', 'MIG-b'];
	const found = gpusOfCdi(
		names.map((name) => device(`nvidia.com/gpu=${name}`)),
		'engine',
	);
	const units = unitsOf({ gpus: found?.gpus ?? [] });
	const meant = (id: string) => resolveUnits(id, 'nvidia', units).map(({ index }) => index);
	assert.deepEqual(['1:0', 'MIG-a', 'GPU-b'].map(meant), [['1:0'], ['1:0', '1:1'], ['0', '1:0', '1:1']]);
});

test('the UUID of a slice is known by its nodes', () => {
	const found = gpusOfCdi(
		[
			device('nvidia.com/gpu=0', '/dev/nvidia0'),
			device('nvidia.com/gpu=0:0', '/dev/nvidia0', '/dev/cap1'),
			device('nvidia.com/gpu=0:1', '/dev/nvidia0', '/dev/cap2'),
			device('nvidia.com/gpu=MIG-b', '/dev/nvidia0', '/dev/cap2'),
			device('nvidia.com/gpu=MIG-a', '/dev/nvidia0', '/dev/cap1'),
		],
		'cdi',
	);
	assert.deepEqual(
		unitsOf({ gpus: found?.gpus ?? [] }).map(({ index, id }) => `${index} ${id}`),
		['0:0 MIG-a', '0:1 MIG-b'],
	);
});

test('a spec names its devices and their nodes', () => {
	const spec = {
		kind: 'nvidia.com/gpu',
		devices: [
			{
				name: '0',
				containerEdits: { deviceNodes: [{ path: '/dev/nvidia0' }, { path: '/dev/a', hostPath: '/dev/b' }] },
			},
			{ name: 'all' },
			{ nameless: true },
		],
	};
	assert.deepEqual(devicesOfSpec(spec), [
		device('nvidia.com/gpu=0', '/dev/nvidia0', '/dev/b'),
		device('nvidia.com/gpu=all'),
	]);
	for (const other of [undefined, null, 'text', [], { kind: 3, devices: [] }, { kind: 'a/b' }]) {
		assert.equal(devicesOfSpec(other), undefined);
	}
});
