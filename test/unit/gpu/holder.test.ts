import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ClaimsInput, claimsOf } from '../../../src/gpu/holder.ts';
import { box, cut, gpu, holding, mib, slice, uuid } from '../../support/gpu-cases.ts';

const process = (memory: number, containerId?: string) => ({ pid: 7, program: 'python', memory, containerId });
const withProcess = (memory: number, containerId?: string) =>
	box([gpu(0), gpu(1, { processes: [process(memory, containerId)] })]);

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
