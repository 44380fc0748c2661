import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planBuild } from '../../../src/plan/plan-build.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';

const build = { context: '/lab' };
const stack = project({
	services: {
		db: service({ build }),
		job: service({ depends_on: { db: needs('service_started') } }),
		web: service({ build, depends_on: { job: needs('service_completed_successfully') } }),
	},
});
const db = container(stack, { service: 'db' });
const job = container(stack, { service: 'job', state: 'exited' });
const web = container(stack, { service: 'web' });

const cases: readonly { when: string; services: readonly string[]; plan: string }[] = [
	{
		when: 'all is stopped, dependents first, also over one that does not run',
		services: [],
		plan: '1 container.stop lab-web-1: stopped by the user\n2 container.stop lab-db-1 after 1: stopped by the user',
	},
	{ when: 'one is named', services: ['db'], plan: '1 container.stop lab-db-1: stopped by the user' },
	{ when: 'what is named does not run', services: ['job'], plan: '' },
];

describe('planStop', () => {
	for (const { when, services, plan } of cases) {
		test(`when ${when}`, () => assert.equal(formatPlan(planStop(stack.services, [db, job, web], { services })), plan));
	}

	test('one-offs and services that the file does not have are left alone', () => {
		const oneOff = container(stack, { service: 'db', oneOff: true });
		const orphan = container(stack, { service: 'gone' });
		assert.equal(formatPlan(planStop(stack.services, [oneOff, orphan], {})), '');
	});
});

describe('planBuild', () => {
	const selections = [
		{ when: 'nobody is named', selection: {}, plan: '1 image.build db, web: asked for' },
		{ when: 'one is named', selection: { services: ['web'], noDeps: true }, plan: '1 image.build web: asked for' },
		{ when: 'what is named can’t be built', selection: { services: ['job'], noDeps: true }, plan: '' },
	];
	for (const { when, selection, plan } of selections) {
		test(`when ${when}`, () => assert.equal(formatPlan(planBuild(stack, selection)), plan));
	}
});
