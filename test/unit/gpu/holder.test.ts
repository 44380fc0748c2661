import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ClaimsInput, claimsOf } from '../../../src/gpu/holder.ts';
import type { Inventory } from '../../../src/gpu/inventory.ts';
import { gpusOfCdi } from '../../../src/inventory/cdi.ts';
import { box, cut, gpu, holding, mib, slice, uuid, wish } from '../../support/gpu-cases.ts';

const process = (memory: number | undefined, containerId?: string) => ({
	pid: 7,
	program: 'python',
	memory,
	containerId,
});
const withProcess = (memory: number, containerId?: string) =>
	box([gpu(0), gpu(1, { processes: [process(memory, containerId)] })]);

/** What an engine tells from afar: places, and UUIDs that it does not bring together. */
const named = (...names: readonly string[]): Inventory => {
	const found = gpusOfCdi(
		names.map((name) => ({ name: `nvidia.com/gpu=${name}`, nodes: [] })),
		'engine',
	);
	assert.ok(found);
	return found;
};
const afar = named('0', '1');
const afarCut = named('0', '1', '1:0', '1:1', uuid(0), uuid(1), slice(0), slice(1));

const bothMakers = ((): Inventory => {
	const names = ['amd.com/gpu=0', 'amd.com/gpu=1', 'nvidia.com/gpu=0', 'nvidia.com/gpu=1'];
	const found = gpusOfCdi(
		names.map((name) => ({ name, nodes: [] })),
		'engine',
	);
	assert.ok(found);
	return found;
})();

const lived = holding('lab-t-1', { named: [uuid(0)] }, { project: 'lab', key: 't-1' });
const reservedFor = (key: string, ids: readonly string[]) => ({
	project: 'lab',
	holds: [{ key, ids, terms: { share: false } }],
});

const cases: readonly {
	readonly when: string;
	readonly given: Partial<ClaimsInput>;
	/** `unit holder`. */
	readonly are: readonly string[];
}[] = [
	{ when: 'nobody has any', given: {}, are: [] },
	{
		when: 'a count means the first ones',
		given: { containers: [holding('a', { count: 2 })] },
		are: [`${uuid(0)} a`, `${uuid(1)} a`],
	},
	{ when: 'an id is meant', given: { containers: [holding('a', { named: ['1'] })] }, are: [`${uuid(1)} a`] },
	{
		when: 'all are, slices too',
		given: { inventory: box([gpu(0), cut(1)]), containers: [holding('a', { all: true })] },
		are: [`${uuid(0)} a`, `${slice(0)} a`, `${slice(1)} a`],
	},
	{
		when: 'more are counted than there are',
		given: { containers: [holding('a', { count: 9 })] },
		are: [`${uuid(0)} a`, `${uuid(1)} a`],
	},
	{ when: 'one only looks', given: { containers: [holding('a', { all: true, observes: true })] }, are: [] },
	{
		when: 'nobody asked for what one sees',
		given: { containers: [holding('a', { all: true, isUnasked: true })] },
		are: [],
	},
	{
		when: 'one that nobody asked for uses what it sees',
		given: {
			inventory: withProcess(900 * mib, 'id-of-a'),
			containers: [holding('a', { all: true, isUnasked: true })],
		},
		are: [`${uuid(1)} python (process 7 in container id-of-a)`],
	},
	{ when: 'one has ended', given: { containers: [holding('a', { all: true }, { holds: false })] }, are: [] },
	{ when: 'a process of the host is small', given: { inventory: withProcess(499 * mib) }, are: [] },
	{
		when: 'a process of the host is large',
		given: { inventory: withProcess(500 * mib) },
		are: [`${uuid(1)} python (process 7)`],
	},
	{
		when: 'a process runs in the container that has the GPU',
		given: { inventory: withProcess(900 * mib, 'id-of-a'), containers: [holding('a', { named: ['1'] })] },
		are: [`${uuid(1)} a`],
	},
	{
		when: 'a process runs in a container that asked for another',
		given: { inventory: withProcess(900 * mib, 'id-of-a'), containers: [holding('a', { named: ['0'] })] },
		are: [`${uuid(0)} a`, `${uuid(1)} python (process 7 in container id-of-a)`],
	},
	{
		when: 'a process runs in the container that has one slice',
		given: {
			inventory: box([{ ...cut(1), processes: [process(20_000 * mib, 'id-of-a')] }]),
			containers: [holding('a', { named: ['1:0'] })],
		},
		are: [`${slice(0)} a`],
	},
	{
		when: 'a process of the host runs on one slice',
		given: { inventory: box([{ ...cut(1), processes: [{ ...process(900 * mib), slice: slice(1) }] }]) },
		are: [`${slice(1)} python (process 7)`],
	},
	{
		when: 'a process of the host runs on any slice',
		given: { inventory: box([{ ...cut(1), processes: [process(900 * mib)] }]) },
		are: [`${slice(0)} python (process 7)`, `${slice(1)} python (process 7)`],
	},
	{
		when: 'nothing tells how much a process has, and the GPU is in use',
		given: { inventory: box([gpu(0, { memoryUsed: 600 * mib, processes: [process(undefined)] })]) },
		are: [`${uuid(0)} python (process 7)`],
	},
	{
		when: 'nothing tells how much a process has, and others explain what is in use',
		given: {
			inventory: box([
				gpu(0, { memoryUsed: 600 * mib, processes: [process(undefined), process(400 * mib, 'id-of-a')] }),
			]),
		},
		are: [],
	},
	{
		when: 'nothing tells how much a process has, nor how much is in use',
		given: { inventory: box([gpu(0, { memoryUsed: undefined, processes: [process(undefined)] })]) },
		are: [`${uuid(0)} python (process 7)`],
	},
	{
		when: 'nothing tells of a process but that it is there',
		given: { inventory: box([gpu(0, { memoryUsed: 600 * mib, processes: [{ program: 'somebody' }] })]) },
		are: [`${uuid(0)} somebody`],
	},
	{
		when: 'an id is somewhere on a machine that is seen from afar',
		given: { inventory: afar, containers: [holding('a', { named: [uuid(1)] })] },
		are: ['nvidia.com/gpu=0 a', 'nvidia.com/gpu=1 a'],
	},
	{
		when: 'an id is somewhere and labc wrote where',
		given: { inventory: afar, containers: [holding('a', { named: [uuid(1)] }, { places: ['1'] })] },
		are: ['nvidia.com/gpu=1 a'],
	},
	{
		when: 'a slice is somewhere on a machine that is seen from afar',
		given: { inventory: afarCut, containers: [holding('a', { named: [slice(1)] })] },
		are: ['nvidia.com/gpu=1:0 a', 'nvidia.com/gpu=1:1 a'],
	},
	{
		when: 'a slice is somewhere and labc wrote where',
		given: { inventory: afarCut, containers: [holding('a', { named: [slice(1)] }, { places: ['1:1'] })] },
		are: ['nvidia.com/gpu=1:1 a'],
	},
	{
		when: 'a GPU has left the machine, and another is in its place',
		given: { containers: [holding('a', { named: [uuid(7)] }, { places: ['0'] })] },
		are: [],
	},
	{
		when: 'a GPU has left the machine',
		given: { containers: [holding('a', { named: [uuid(7)] })] },
		are: [],
	},
	{
		when: 'a slice is named in a way that nothing knows',
		given: { inventory: box([gpu(0), cut(1)]), containers: [holding('a', { named: ['MIG-GPU-1/2/3'] })] },
		are: [`${slice(0)} a`, `${slice(1)} a`],
	},
	{
		when: 'more is reserved for a container than the one has that it replaces',
		given: { containers: [lived], reserved: [reservedFor('t-1', [uuid(0), uuid(1)])] },
		are: [`${uuid(0)} lab-t-1`, `${uuid(1)} t-1`],
	},
	{
		when: 'the same is reserved on other terms',
		given: { containers: [{ ...lived, terms: { share: true } }], reserved: [reservedFor('t-1', [uuid(0)])] },
		are: [`${uuid(0)} lab-t-1`, `${uuid(0)} t-1`],
	},
	{
		when: 'what is reserved runs',
		given: { containers: [lived], reserved: [reservedFor('t-1', [uuid(0)])] },
		are: [`${uuid(0)} lab-t-1`],
	},
	{
		when: 'one is reserved for a one-off, and another of the same service runs',
		given: {
			containers: [{ ...lived, key: 't (one-off)' }],
			reserved: [reservedFor('t (one-off)', [uuid(1)])],
		},
		are: [`${uuid(0)} lab-t-1`, `${uuid(1)} t (one-off)`],
	},
	{
		when: 'a container has GPUs of two makers',
		given: {
			inventory: bothMakers,
			containers: [holding('a', { count: 1, also: { ...wish(), vendor: 'amd', named: ['amd.com/gpu=1'] } })],
		},
		are: ['nvidia.com/gpu=0 a', 'amd.com/gpu=1 a'],
	},
	{
		when: 'nobody can read what is reserved',
		given: { reserved: [{ user: 'ann', holds: undefined }] },
		are: [0, 1].map((index) => `${uuid(index)} somebody of whom this labc can’t read what for`),
	},
	{
		when: 'GPUs are reserved by ids that the view from afar does not know',
		given: {
			inventory: afar,
			reserved: [{ project: 'lab', holds: [{ key: 't-1', ids: [uuid(0)], terms: { share: false } }] }],
		},
		are: ['nvidia.com/gpu=0 t-1', 'nvidia.com/gpu=1 t-1'],
	},
	{
		when: 'a process runs in a container that only looks',
		given: {
			inventory: withProcess(900 * mib, 'id-of-a'),
			containers: [holding('a', { all: true, observes: true })],
		},
		are: [],
	},
];

describe('claimsOf', () => {
	for (const { when, given, are } of cases) {
		test(`tells who has what where ${when}`, () => {
			const input = { inventory: box(2), containers: [], busyBytes: 500 * mib, ...given };
			assert.deepEqual(
				claimsOf(input).map(({ unit, holder }) => `${unit} ${holder.name}`),
				are,
			);
		});
	}
});
