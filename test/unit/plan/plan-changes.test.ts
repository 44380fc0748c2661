import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planChanges } from '../../../src/plan/plan-changes.ts';
import { planDown } from '../../../src/plan/plan-down.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import {
	container,
	needs,
	networkSummary,
	project,
	service,
	stateOf,
	volumeSummary,
} from '../../support/plan-cases.ts';

const lab = project({
	services: {
		db: service(),
		web: service({ depends_on: { db: needs('service_healthy') } }),
	},
	volumes: { data: { name: 'lab_data' } },
});
const db = container(lab, { service: 'db', health: 'healthy' });
const web = container(lab, { service: 'web' });
const old = service({ ...lab.services.get('web'), tty: true });
const oldWeb = container(lab, { service: 'web', madeFrom: old });

const words = (plan: Parameters<typeof planChanges>[0]): readonly string[] =>
	planChanges(plan).map(
		({ verb, subject, reasons, destroysData }) =>
			`${verb} ${subject}${destroysData ? ' (destroys data)' : ''}: ${reasons.join('; ')}`,
	);

describe('planChanges', () => {
	const cases = [
		{ when: 'nothing is to be done', found: [db, web], changes: [] },
		{
			when: 'one is replaced, under the name it has afterwards',
			found: [db, oldWeb],
			changes: ['recreate lab-web-1: configuration hash differs'],
		},
		{ when: 'one is not there', found: [db], changes: ['create lab-web-1: not found'] },
		{
			when: 'one is stopped',
			found: [db, { ...web, state: 'exited', exitCode: 3 }],
			changes: ['start lab-web-1: exited (3)'],
		},
		{
			when: 'one is too many, beside one that is replaced and one that is paused',
			found: [{ ...db, state: 'paused' }, oldWeb, container(lab, { service: 'web', number: 2 })],
			changes: ['unpause lab-db-1: paused', 'remove lab-web-1: replicas: 2 → 1'],
		},
		{
			when: 'a dependency is unhealthy: the wait may fail',
			found: [{ ...db, health: 'unhealthy' }, oldWeb],
			changes: [
				'recreate lab-web-1: configuration hash differs',
				'wait for lab-db-1 (service_healthy): others wait until it is healthy; lab-db-1 is unhealthy now: `up` is going to wait and may fail',
			],
		},
	] as const;
	for (const { when, found, changes } of cases) {
		test(`is ${changes.length} lines when ${when}`, () => {
			const state = stateOf(lab, { containers: found });
			assert.deepEqual(words(planUp(lab, state).steps), changes);
		});
	}

	test('tells whose data goes', () => {
		const state = stateOf(lab, {
			containers: [db],
			networks: [networkSummary(lab, 'default')],
			volumes: [volumeSummary(lab, 'data')],
		});
		const [stopped, ...rest] = words(planDown(lab, 'lab', state, { volumes: true }).steps);
		assert.match(stopped ?? '', /^remove lab-db-1/);
		assert.match(rest.join('\n'), /^remove network lab_default.*\nremove volume lab_data \(destroys data\)/);
	});
});
