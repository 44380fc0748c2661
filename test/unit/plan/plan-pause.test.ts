import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planPause } from '../../../src/plan/plan-pause.ts';
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
		when: 'nobody is named: all that runs of the file, and no one-off',
		services: [],
		running: ['lab-db-1'],
		paused: ['lab-web-1'],
	},
	{ when: 'what runs is named', services: ['db'], running: ['lab-db-1'], paused: [] },
	{ when: 'what is paused is named', services: ['web'], running: [], paused: ['lab-web-1'] },
	{ when: 'what is named is no service of the file', services: ['gone'], running: [], paused: [] },
];

describe('planPause', () => {
	for (const { when, services, running, paused } of cases) {
		const of = (verb: 'pause' | 'unpause') => {
			const { plan, refused } = planPause({ verb, services: stack.services, containers }, { services });
			return { text: formatPlan(plan), refused };
		};
		const lines = (verb: string, names: readonly string[]) =>
			names.map((name, index) => `${index + 1} container.${verb} ${name}: ${verb}d by the user`).join('\n');
		test(`pauses what runs and refuses what is paused when ${when}`, () => {
			assert.deepEqual(of('pause'), { text: lines('pause', running), refused: paused });
		});
		test(`unpauses what is paused and refuses what runs when ${when}`, () => {
			assert.deepEqual(of('unpause'), { text: lines('unpause', paused), refused: running });
		});
	}
});
