import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolveUnits, unitsOf, type Vendor } from '../../../src/gpu/inventory.ts';
import { box, cut, gpu, slice, uuid } from '../../support/gpu-cases.ts';

const amd = gpu(0, { id: 'amd.com/gpu=0', vendor: 'amd', cdiNames: ['amd.com/gpu=0'], nodes: ['/dev/dri/renderD128'] });
const units = unitsOf(box([gpu(0), gpu(1), cut(2), amd]));

const cases: readonly {
	readonly when: string;
	readonly id: string;
	readonly vendor?: Vendor;
	readonly is: readonly string[];
}[] = [
	{ when: 'an index', id: '1', is: [uuid(1)] },
	{ when: 'a UUID', id: uuid(0), is: [uuid(0)] },
	{ when: 'the beginning of a UUID', id: 'GPU-00000001', is: [uuid(1)] },
	{ when: 'a beginning that several have', id: 'GPU-0000', is: [] },
	{ when: 'the index of a GPU that is cut', id: '2', is: [slice(0), slice(1)] },
	{ when: 'the UUID of a GPU that is cut', id: uuid(2), is: [slice(0), slice(1)] },
	{ when: 'a slice by its place', id: '2:1', is: [slice(1)] },
	{ when: 'a slice by its UUID', id: slice(0), is: [slice(0)] },
	{ when: 'a CDI name with an index', id: 'nvidia.com/gpu=1', is: [uuid(1)] },
	{ when: 'a CDI name with a UUID', id: `nvidia.com/gpu=${uuid(1)}`, is: [uuid(1)] },
	{ when: 'a CDI name of a slice', id: `nvidia.com/gpu=${slice(1)}`, is: [slice(1)] },
	{ when: 'a CDI name of all', id: 'nvidia.com/gpu=all', is: [uuid(0), uuid(1), slice(0), slice(1)] },
	{ when: 'a device node', id: '/dev/nvidia0', is: [uuid(0)] },
	{ when: 'all', id: 'all', is: [uuid(0), uuid(1), slice(0), slice(1)] },
	{ when: 'all of the other vendor', id: 'all', vendor: 'amd', is: ['amd.com/gpu=0'] },
	{ when: 'a render node', id: '/dev/dri/renderD128', vendor: 'amd', is: ['amd.com/gpu=0'] },
	{ when: 'nothing that there is', id: '7', is: [] },
];

describe('resolveUnits', () => {
	for (const { when, id, vendor = 'nvidia', is } of cases) {
		test(`finds what is meant by ${when}`, () => {
			assert.deepEqual(
				resolveUnits(id, vendor, units).map((unit) => unit.id),
				is,
			);
		});
	}
});

test('a GPU that is cut gives its slices instead of itself', () => {
	const found = units.map(({ index, isSlice }) => `${index}${isSlice ? ' slice' : ''}`);
	assert.deepEqual(found, ['0', '1', '2:0 slice', '2:1 slice', '0']);
});
