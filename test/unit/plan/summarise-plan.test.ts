import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../../src/plan/plan.ts';
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
	const container1 = { name: 'lab-web-1', id: 'c1' };
	const on = { service: 'web', container: container1 } as const;
	const words: readonly { readonly operation: Operation; readonly says: string }[] = [
		{ operation: { type: 'image.push', service: 'web', image: 'r/web' }, says: '1 image pushed' },
		{ operation: { type: 'container.start', ...on }, says: '1 container started' },
		{ operation: { type: 'container.stop', ...on }, says: '1 container stopped' },
		{ operation: { type: 'container.restart', ...on }, says: '1 container restarted' },
		{ operation: { type: 'container.kill', ...on, signal: 'SIGKILL' }, says: '1 container killed' },
		{ operation: { type: 'container.pause', ...on }, says: '1 container paused' },
		{ operation: { type: 'container.unpause', ...on }, says: '1 container unpaused' },
		{ operation: { type: 'container.rename', ...on, to: 'x' }, says: '1 container renamed' },
		{ operation: { type: 'container.copy', ...on, files: [] }, says: '1 container given files' },
		{
			operation: { type: 'container.exec', ...on, phase: 'pre_stop', hook: { command: ['true'] } },
			says: '1 hook run',
		},
		{
			operation: { type: 'network.disconnect', key: 'n', id: 'n1', container: container1 },
			says: '1 network disconnected',
		},
		{
			operation: {
				type: 'container.await',
				service: 'web',
				containers: [container1],
				condition: 'service_healthy',
				required: true,
			},
			says: '1 service awaited',
		},
		{
			operation: { type: 'provider.run', service: 'web', provider: { type: 'x' }, verb: 'stop' },
			says: '1 service stopped',
		},
		{ operation: { type: 'model.prepare', models: [] }, says: '1 model configured' },
	];
	for (const { operation, says } of words) {
		test(`has words for ${operation.type}`, () => {
			const steps = [{ id: 1, operation, dependsOn: [], reasons: [] }];
			assert.equal(summarisePlan({ steps, warnings: [] }), `1 step: ${says}; no data is destroyed`);
		});
	}
	test('a stop that a removal follows is part of it', () => {
		const stop: Operation = { type: 'container.stop', ...on };
		const remove: Operation = { type: 'container.remove', ...on, force: true, volumes: false };
		const steps = [stop, remove].map((operation, index) => ({ id: index + 1, operation, dependsOn: [], reasons: [] }));
		assert.equal(summarisePlan({ steps, warnings: [] }), '2 steps: 1 container removed; no data is destroyed');
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
