import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { reasonText } from '../../../src/plan/reason.ts';
import { shmChange } from '../../../src/plan/shm-size.ts';
import { label } from '../../../src/state/labels.ts';
import { box, gib, mib } from '../../support/gpu-cases.ts';
import { project, service, stateOf } from '../../support/plan-cases.ts';

const cases: readonly {
	readonly when: string;
	readonly service: Partial<Service>;
	readonly shm?: 'auto';
	/** Said at the top of the file. */
	readonly ofProject?: 'auto';
	readonly machineMemory?: number;
	readonly bytes: number | undefined;
	readonly isWarned: boolean;
}[] = [
	{ when: 'nothing is said', service: {}, bytes: undefined, isWarned: true },
	{ when: 'the file gives a size', service: { shm_size: '1073741824' }, bytes: undefined, isWarned: false },
	{ when: 'a tmpfs is there', service: { tmpfs: ['/dev/shm:size=8g'] }, bytes: undefined, isWarned: false },
	{
		when: 'something is mounted there',
		service: { volumes: [{ type: 'bind', source: '/dev/shm', target: '/dev/shm' }] },
		shm: 'auto',
		bytes: undefined,
		isWarned: false,
	},
	{ when: 'memory is shared', service: { ipc: 'host' }, bytes: undefined, isWarned: false },
	{ when: 'labc is to choose', service: {}, shm: 'auto', bytes: 8 * gib, isWarned: false },
	{ when: 'memory is limited', service: { mem_limit: '4g' }, shm: 'auto', bytes: 2 * gib, isWarned: false },
	{
		when: 'the machine has little memory',
		service: { mem_limit: '16g' },
		shm: 'auto',
		machineMemory: 3.8 * gib,
		bytes: 1.75 * gib,
		isWarned: false,
	},
	{
		when: 'the machine has next to none',
		service: {},
		shm: 'auto',
		machineMemory: gib / 4,
		bytes: gib / 4,
		isWarned: false,
	},
	{ when: 'the machine has much', service: {}, shm: 'auto', machineMemory: 512 * gib, bytes: 8 * gib, isWarned: false },
	{ when: 'the project leaves it to labc', service: {}, ofProject: 'auto', bytes: 8 * gib, isWarned: false },
	{
		when: 'labc is to choose and the file gives a size',
		service: { shm_size: '1g' },
		shm: 'auto',
		bytes: undefined,
		isWarned: false,
	},
];

describe('/dev/shm of a service with GPUs', () => {
	for (const [when, gpus, allot] of [
		['labc gives none out', undefined, true],
		['labc is not to choose', { inventory: box(1), containers: [], busyBytes: 500 * mib }, false],
		['nobody knows of any', { inventory: box(0), containers: [], busyBytes: 500 * mib }, true],
	] as const) {
		test(`is told to be small where ${when}, once`, () => {
			const plain = project({ services: { t: service({ gpus: [{ count: 1 }] }), web: service() } });
			const declared = { ...plain, labc: { project: { gpu: { allot } }, services: new Map() } };
			const { warnings } = planUp(declared, stateOf(declared, { containers: [] }), { gpus });
			assert.deepEqual(
				warnings.flatMap(({ code, path }) => (code === 'SHM_SMALL' ? [path] : [])),
				['services.t.shm_size'],
			);
		});
	}

	for (const { when, service: given, shm, ofProject, machineMemory, bytes, isWarned } of cases) {
		test(`is sized, or told to be small, where ${when}`, () => {
			const plain = project({ services: { t: service({ gpus: [{ count: 1 }], ...given }) } });
			const services = new Map(shm === undefined ? [] : [['t', { shm }] as const]);
			const declared = { ...plain, labc: { project: ofProject === undefined ? {} : { shm: ofProject }, services } };
			const gpus = { inventory: box(1), containers: [], busyBytes: 500 * mib };
			const plan = planUp(declared, { ...stateOf(declared, { containers: [] }), machineMemory }, { gpus });
			const sizes = plan.steps.flatMap(({ operation }) =>
				operation.type === 'container.create' ? [operation.spec.shmBytes] : [],
			);
			assert.deepEqual(sizes, [bytes]);
			assert.equal(
				plan.warnings.some(({ code }) => code === 'SHM_SMALL'),
				isWarned,
			);
		});
	}
});

test('a project that leaves it to labc means the services that ask for GPUs', () => {
	const { services } = project({ services: { t: service(), u: service({ runtime: 'nvidia' }) } });
	const labc = { project: { shm: 'auto' }, services: new Map() } as const;
	const changed = [...services].filter(
		([name, declared]) =>
			shmChange({ labels: {} }, { name, service: declared }, { project: { labc }, state: {} }).length > 0,
	);
	assert.deepEqual(
		changed.map(([name]) => name),
		['u'],
	);
});

const changes: readonly {
	readonly when: string;
	readonly service?: Partial<Service>;
	readonly recorded?: string;
	readonly shm?: 'auto';
	readonly reasons: readonly string[];
}[] = [
	{ when: 'nothing was said and nothing is', reasons: [] },
	{
		when: 'labc is to choose from now on',
		shm: 'auto',
		reasons: ['shm_size: the engine’s own → 8g (x-labc)'],
	},
	{ when: 'labc chose the same', shm: 'auto', recorded: '8589934592', reasons: [] },
	{
		when: 'the limit it is half of has changed',
		service: { mem_limit: '4g' },
		shm: 'auto',
		recorded: '8589934592',
		reasons: ['shm_size: 8g → 2g (x-labc)'],
	},
	{ when: 'somebody else wrote the label', recorded: 'much', reasons: ['shm_size: much → the engine’s own (x-labc)'] },
	{
		when: 'labc is to choose no more',
		recorded: '8589934592',
		reasons: ['shm_size: 8g → the engine’s own (x-labc)'],
	},
	{
		when: 'the file says it now, which the hash tells',
		service: { shm_size: '1g' },
		recorded: '8589934592',
		reasons: [],
	},
];

describe('a change of what labc chose for /dev/shm', () => {
	for (const { when, service: given = {}, recorded, shm, reasons } of changes) {
		test(`is ${reasons.length === 0 ? 'none' : 'seen'} where ${when}`, () => {
			const labels = recorded === undefined ? {} : { [label.shm]: recorded };
			const services = new Map(shm === undefined ? [] : [['t', { shm }] as const]);
			const declared = { name: 't', service: service(given) };
			const found = shmChange({ labels }, declared, { project: { labc: { project: {}, services } }, state: {} });
			assert.deepEqual(found.map(reasonText), reasons);
		});
	}
});
