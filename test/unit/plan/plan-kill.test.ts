import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { type KillOptions, planKill } from '../../../src/plan/plan-kill.ts';
import { container, project, service } from '../../support/plan-cases.ts';

const stack = project({ services: { db: service(), web: service() } });
const containers = [
	container(stack, { service: 'db' }),
	container(stack, { service: 'db', number: 2, state: 'exited' }),
	container(stack, { service: 'gone' }),
	container(stack, { service: 'web', oneOff: true, name: 'lab-web-run-1' }),
	container(stack, { service: 'web', state: 'paused' }),
];

const cases: readonly { when: string; options: KillOptions; plan: readonly string[] }[] = [
	{
		when: 'nobody is named: all that runs of the file, one-offs and paused ones too, at the same time',
		options: {},
		plan: [
			'1 container.kill lab-db-1 with SIGKILL: killed by the user',
			'2 container.kill lab-web-run-1 with SIGKILL: killed by the user',
			'3 container.kill lab-web-1 with SIGKILL: killed by the user',
		],
	},
	{
		when: 'one is named with a signal',
		options: { services: ['db'], signal: 'HUP' },
		plan: ['1 container.kill lab-db-1 with HUP: killed by the user'],
	},
	{
		when: 'orphans are meant too',
		options: { services: ['gone'], orphans: true },
		plan: ['1 container.kill lab-gone-1 with SIGKILL: killed by the user'],
	},
	{ when: 'an orphan is named and orphans are not meant', options: { services: ['gone'] }, plan: [] },
];

describe('planKill', () => {
	for (const { when, options, plan } of cases) {
		test(`when ${when}`, () => {
			assert.equal(formatPlan(planKill(stack.services, containers, options)), plan.join('\n'));
		});
	}
});
