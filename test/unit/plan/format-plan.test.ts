import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecord, readRecords } from '../../../src/engine/unread.ts';
import { formatPlan, formatStep, planToJson } from '../../../src/plan/format-plan.ts';
import { planBuilder } from '../../../src/plan/plan-builder.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import { box, uuid } from '../../support/gpu-cases.ts';
import { project, service, state } from '../../support/plan-cases.ts';

test('formatPlan puts one reason behind the step and several below it', () => {
	const plan = planBuilder();
	const first = plan.add({ type: 'volume.remove', key: 'v', name: 'lab_v' }, 'gone', { destroysData: true });
	plan.add({ type: 'image.pull', service: 'a', image: 'app' }, ['one', 'two'], { after: [first, undefined, first] });
	assert.equal(
		formatPlan(plan.build()),
		'1 volume.remove lab_v (destroys data): gone\n2 image.pull app after 1:\n    one\n    two',
	);
	assert.deepEqual(plan.build().steps.map(formatStep), [
		'volume.remove lab_v (destroys data)',
		'image.pull app after 1',
	]);
});

test('formatPlan of an empty plan is empty', () => {
	assert.equal(formatPlan({ steps: [], warnings: [] }), '');
});

test('planToJson tells all but what a container is made of', () => {
	const lab = project({
		services: { web: service({ environment: { TOKEN: 'canary' }, networks: {}, network_mode: 'none' }) },
	});
	const json = planToJson(planUp(lab, state()));
	assert.deepEqual(json, {
		steps: [
			{
				id: 1,
				operation: 'container.create',
				subject: 'lab-web-1',
				service: 'web',
				dependsOn: [],
				reasons: ['not found'],
				destroysData: false,
			},
			{
				id: 2,
				operation: 'container.start',
				subject: 'lab-web-1',
				service: 'web',
				dependsOn: [1],
				reasons: ['new'],
				destroysData: false,
			},
		],
		warnings: [],
	});
	assert.equal(JSON.stringify(json).includes('canary'), false);
});

test('planToJson names the GPUs of a container by their whole ids, and says nothing where labc chose none', () => {
	const gpusOf = (gpus: UpOptions['gpus']) => {
		const lab = project({ services: { t: service({ gpus: [{ count: 2 }], networks: {}, network_mode: 'none' }) } });
		const json: unknown = JSON.parse(JSON.stringify(planToJson(planUp(lab, state(), { gpus }))));
		return readRecords(readRecord(json)['steps']).map((step) => step['gpus']);
	};
	const given = { containers: [], busyBytes: 0 };
	assert.deepEqual(gpusOf({ ...given, inventory: box(4) }), [[uuid(0), uuid(1)], undefined]);
	assert.deepEqual(gpusOf({ ...given, inventory: box(4), mode: 'none' }), [[], undefined]);
	assert.deepEqual(gpusOf(undefined), [undefined, undefined]);
});
