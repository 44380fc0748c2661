import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planPause, planUnpause } from '../../../src/plan/plan-pause.ts';
import { container, project, service } from '../../support/plan-cases.ts';

const stack = project({ services: { db: service(), web: service() } });
const containers = [
	container(stack, { service: 'db' }),
	container(stack, { service: 'gone' }),
	container(stack, { service: 'web', number: 2, state: 'exited' }),
	container(stack, { service: 'web', oneOff: true, name: 'lab-web-run-1' }),
	container(stack, { service: 'web', state: 'paused' }),
];

const cases = [
	{
		when: 'nobody is named: all that runs of the file, what is paused already too, and no one-off',
		services: [],
		names: ['lab-db-1', 'lab-web-1'],
	},
	{ when: 'one is named', services: ['db'], names: ['lab-db-1'] },
	{ when: 'what is named is no service of the file', services: ['gone'], names: [] },
];

describe('planPause and planUnpause', () => {
	for (const { when, services, names } of cases) {
		test(`when ${when}`, () => {
			const of = (verb: string) =>
				names.map((name, index) => `${index + 1} container.${verb} ${name}: ${verb}d by the user`).join('\n');
			assert.equal(formatPlan(planPause(stack.services, containers, { services })), of('pause'));
			assert.equal(formatPlan(planUnpause(stack.services, containers, { services })), of('unpause'));
		});
	}
});
