import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planRestart, type RestartOptions } from '../../../src/plan/plan-restart.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';

const stack = project({
	services: {
		base: service(),
		db: service({ depends_on: { base: needs('service_started') } }),
		web: service({ depends_on: { db: needs('service_healthy', { restart: true }) } }),
		edge: service({ depends_on: { web: needs('service_started', { restart: true }) } }),
	},
});
const containers = [
	container(stack, { service: 'base' }),
	container(stack, { service: 'db' }),
	container(stack, { service: 'db', oneOff: true, name: 'lab-db-run-1' }),
	container(stack, { service: 'edge', state: 'created' }),
	container(stack, { service: 'gone' }),
	container(stack, { service: 'web', state: 'exited' }),
];

const cases: readonly { when: string; options: RestartOptions; plan: readonly string[] }[] = [
	{
		when: 'all are: only those wait that ask to be restarted with what they depend on',
		options: {},
		plan: [
			'1 container.restart lab-base-1: restarted by the user',
			'2 container.restart lab-db-1: restarted by the user',
			'3 container.await lab-db-1 (service_healthy) after 2: others wait until it is healthy',
			'4 container.restart lab-web-1 after 3: what it depends on is restarted',
			'5 container.restart lab-edge-1 after 4: what it depends on is restarted',
		],
	},
	{
		when: 'one is named: who asks for it comes along, directly or not',
		options: { services: ['db'], timeoutSeconds: 3 },
		plan: [
			'1 container.restart lab-db-1: restarted by the user',
			'2 container.await lab-db-1 (service_healthy) after 1: others wait until it is healthy',
			'3 container.restart lab-web-1 after 2: what it depends on is restarted',
			'4 container.restart lab-edge-1 after 3: what it depends on is restarted',
		],
	},
	{
		when: 'one is named that others depend on without asking for it',
		options: { services: ['base'] },
		plan: ['1 container.restart lab-base-1: restarted by the user'],
	},
	{
		when: 'dependents are to be left alone',
		options: { services: ['db'], noDeps: true },
		plan: ['1 container.restart lab-db-1: restarted by the user'],
	},
	{ when: 'what is named has no container', options: { services: ['none'] }, plan: [] },
];

describe('planRestart', () => {
	for (const { when, options, plan } of cases) {
		test(`when ${when}`, () => {
			assert.equal(formatPlan(planRestart(stack.services, containers, options)), plan.join('\n'));
		});
	}

	test('the time to stop in is passed on, and nothing where none was given', () => {
		const timeouts = (options: RestartOptions) =>
			planRestart(stack.services, containers, { services: ['base'], ...options }).steps.map(
				({ operation }) => operation,
			);
		const common = {
			type: 'container.restart',
			service: 'base',
			container: { name: 'lab-base-1', id: containers[0]?.id },
		};
		assert.deepEqual(timeouts({}), [common]);
		assert.deepEqual(timeouts({ timeoutSeconds: 0 }), [{ ...common, timeoutSeconds: 0 }]);
	});

	test('hooks stand around a restart; one that stops a container has no use where none runs', () => {
		const hook = [{ command: ['true'] }];
		const hooked = project({ services: { db: service({ pre_stop: hook, post_start: hook }) } });
		const lines = (state: 'running' | 'exited') =>
			formatPlan(planRestart(hooked.services, [container(hooked, { service: 'db', state })], {}))
				.split('\n')
				.map((line) => line.replace(/:.*/, ''));
		assert.deepEqual(lines('running'), [
			'1 container.exec lab-db-1 (pre_stop)',
			'2 container.restart lab-db-1 after 1',
			'3 container.exec lab-db-1 (post_start) after 2',
		]);
		assert.deepEqual(lines('exited'), [
			'1 container.restart lab-db-1',
			'2 container.exec lab-db-1 (post_start) after 1',
		]);
	});
});
