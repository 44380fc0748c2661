import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { box, gib, mib } from '../../support/gpu-cases.ts';
import { project, service, stateOf } from '../../support/plan-cases.ts';

const cases: readonly {
	readonly when: string;
	readonly service: Partial<Service>;
	readonly shm?: 'auto';
	readonly bytes: number | undefined;
	readonly isWarned: boolean;
}[] = [
	{ when: 'nothing is said', service: {}, bytes: undefined, isWarned: true },
	{ when: 'the file gives a size', service: { shm_size: '1073741824' }, bytes: undefined, isWarned: false },
	{ when: 'memory is shared', service: { ipc: 'host' }, bytes: undefined, isWarned: false },
	{ when: 'labc is to choose', service: {}, shm: 'auto', bytes: 8 * gib, isWarned: false },
	{ when: 'memory is limited', service: { mem_limit: '4g' }, shm: 'auto', bytes: 2 * gib, isWarned: false },
	{
		when: 'labc is to choose and the file gives a size',
		service: { shm_size: '1g' },
		shm: 'auto',
		bytes: undefined,
		isWarned: false,
	},
];

describe('/dev/shm of a service with GPUs', () => {
	for (const { when, service: given, shm, bytes, isWarned } of cases) {
		test(`is sized, or told to be small, where ${when}`, () => {
			const plain = project({ services: { t: service({ gpus: [{ count: 1 }], ...given }) } });
			const services = new Map(shm === undefined ? [] : [['t', { shm }] as const]);
			const declared = { ...plain, labc: { project: {}, services } };
			const gpus = { inventory: box(1), containers: [], busyBytes: 500 * mib };
			const plan = planUp(declared, stateOf(declared, { containers: [] }), { gpus });
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
