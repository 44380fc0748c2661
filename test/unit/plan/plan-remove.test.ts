import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planRemove, type RemoveOptions } from '../../../src/plan/plan-remove.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';

const stack = project({
	services: { db: service(), web: service({ depends_on: { db: needs('service_started') } }) },
});
const anonymous = { type: 'volume', name: 'a'.repeat(64), source: '', destination: '/data' };
const named = { type: 'volume', name: 'lab_data', source: '', destination: '/data' };
const containers = [
	container(stack, { service: 'db', mounts: [named] }),
	container(stack, { service: 'db', number: 2, state: 'created', mounts: [anonymous] }),
	container(stack, { service: 'gone', state: 'exited' }),
	container(stack, { service: 'web', oneOff: true, state: 'exited', name: 'lab-web-run-1' }),
	container(stack, { service: 'web' }),
	container(stack, { service: 'web', number: 2, state: 'paused' }),
];

const cases: readonly { when: string; options: RemoveOptions; plan: readonly string[] }[] = [
	{
		when: 'only what does not run goes, and no one-off or orphan',
		options: {},
		plan: ['1 container.remove lab-db-2: removed by the user'],
	},
	{ when: 'all that is named runs', options: { services: ['web'] }, plan: [] },
	{
		when: 'what runs is stopped first, dependents before what they depend on',
		options: { stop: true },
		plan: [
			'1 container.stop lab-web-1: stopped by the user',
			'2 container.stop lab-web-2: stopped by the user',
			'3 container.stop lab-db-1 after 1, 2: stopped by the user',
			'4 container.remove lab-db-1 after 3: removed by the user',
			'5 container.remove lab-db-2: removed by the user',
			'6 container.remove lab-web-1 after 1: removed by the user',
			'7 container.remove lab-web-2 after 2: removed by the user',
		],
	},
	{
		when: 'one is stopped and removed, and nobody who depends on it',
		options: { services: ['db'], stop: true },
		plan: [
			'1 container.stop lab-db-1: stopped by the user',
			'2 container.remove lab-db-1 after 1: removed by the user',
			'3 container.remove lab-db-2: removed by the user',
		],
	},
	{
		when: 'volumes go too: only anonymous ones do',
		options: { services: ['db'], stop: true, volumes: true },
		plan: [
			'1 container.stop lab-db-1: stopped by the user',
			'2 container.remove lab-db-1 after 1: removed by the user',
			'3 container.remove lab-db-2 (destroys data): removed by the user',
		],
	},
];

describe('planRemove', () => {
	for (const { when, options, plan } of cases) {
		test(`when ${when}`, () => {
			assert.equal(formatPlan(planRemove(stack.services, containers, options)), plan.join('\n'));
		});
	}

	test('what was asked for is passed on to the engine', () => {
		const { steps } = planRemove(stack.services, containers, { force: true, volumes: true });
		assert.deepEqual(
			steps.map(({ operation }) => operation.type === 'container.remove' && [operation.force, operation.volumes]),
			[[true, true]],
		);
	});
});
