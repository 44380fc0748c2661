import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planUp } from '../../../src/plan/plan-up.ts';
import { summarisePlan } from '../../../src/plan/summarise-plan.ts';
import { container, project, service, stateOf } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service(), db: service() } });
const old = service({ environment: { LR: '0.1' } });

describe('summarisePlan', () => {
	test('counts what comes of the steps, a replacement as one', () => {
		const containers = [container(lab, { service: 'web', madeFrom: old })];
		const plan = planUp(lab, stateOf(lab, { containers }));
		assert.match(
			summarisePlan(plan),
			/^\d+ steps: .*1 container recreated, 1 container created; no data is destroyed$/,
		);
	});
	test('says how many steps destroy data', () => {
		const operation = { type: 'volume.remove', key: 'v', name: 'lab_v' } as const;
		const step = { id: 1, operation, dependsOn: [], reasons: [], destroysData: true } as const;
		assert.equal(summarisePlan({ steps: [step], warnings: [] }), '1 step: 1 volume removed; 1 step destroys data');
		assert.equal(
			summarisePlan({ steps: [step, { ...step, id: 2 }], warnings: [] }),
			'2 steps: 2 volumes removed; 2 steps destroy data',
		);
	});
});
