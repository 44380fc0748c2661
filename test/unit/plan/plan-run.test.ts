import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSpec } from '../../../src/engine/container-api.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planRun, type RunOptions } from '../../../src/plan/plan-run.ts';
import { label } from '../../../src/state/labels.ts';
import { container, imageId, needs, project, service, state, stateOf } from '../../support/plan-cases.ts';

const job = service({
	command: ['train'],
	container_name: 'ml',
	restart: 'always',
	networks: { default: { aliases: ['trainer'] } },
	volumes: [{ type: 'volume', source: 'logs', target: '/logs' }],
	depends_on: { db: needs('service_healthy') },
});
const lab = project({ services: { db: service(), job }, volumes: { logs: { name: 'lab_logs' } } });
const slug = '0123456789abcdef'.repeat(4);

const options = (given: Partial<RunOptions> = {}): RunOptions => ({
	service: { ...job, command: ['evaluate'] },
	slug,
	oneOff: { autoRemove: true, input: true },
	...given,
});

function specOf(plan: Plan): ContainerSpec {
	const operation = plan.steps.at(-1)?.operation;
	assert.ok(operation?.type === 'container.create');
	return operation.spec;
}

describe('planRun', () => {
	test('dependencies come up first, the creation is last, and nothing starts it', () => {
		assert.equal(
			formatPlan(planRun(lab, 'job', state(), options())),
			[
				'1 network.create lab_default: not found',
				'2 volume.create lab_logs: not found',
				'3 container.create lab-db-1 after 1: not found',
				'4 container.start lab-db-1 after 3: new',
				'5 container.await lab-db-1 (service_healthy) after 4: others wait until it is healthy',
				'6 container.create lab-job-run-0123456789ab after 1, 2, 5: one-off container',
			].join('\n'),
		);
	});

	test('the service has its own containers left alone', () => {
		const found = stateOf(lab, {
			containers: [
				container(lab, { service: 'db', health: 'healthy' }),
				container(lab, { service: 'job', madeFrom: service({ command: ['old'] }) }),
			],
		});
		assert.equal(
			formatPlan(planRun(lab, 'job', found, options())),
			'1 container.create lab-job-run-0123456789ab: one-off container',
		);
	});

	test('without dependencies there are only networks, volumes and itself', () => {
		assert.equal(
			formatPlan(planRun(lab, 'job', state(), options({ noDeps: true, name: 'mine' }))),
			[
				'1 network.create lab_default: not found',
				'2 volume.create lab_logs: not found',
				'3 container.create mine after 1, 2: one-off container',
			].join('\n'),
		);
	});

	test('the definition is the changed service, as a one-off', () => {
		const spec = specOf(planRun(lab, 'job', stateOf(lab), options()));
		assert.deepEqual(spec.service.command, ['evaluate']);
		assert.equal(spec.service.restart, undefined);
		assert.equal(spec.service.container_name, spec.name, 'the hash is taken over the name it has');
		assert.deepEqual(spec.networks, [
			{ network: 'lab_default', isConfigured: true, aliases: ['lab-job-run-0123456789ab'] },
		]);
		assert.deepEqual(spec.volumeNames, new Map([['logs', 'lab_logs']]));
		assert.deepEqual(spec.oneOff, { autoRemove: true, input: true });
		const { [label.configHash]: hash, ...labels } = spec.labels;
		assert.match(hash ?? '', /^[0-9a-f]{64}$/);
		assert.deepEqual(labels, {
			[label.project]: 'lab',
			[label.service]: 'job',
			[label.version]: '2.40.3',
			[label.image]: imageId,
			[label.dependsOn]: 'db:service_healthy:false',
			[label.workingDir]: '/lab',
			[label.configFiles]: '/lab/compose.yml',
			[label.oneOff]: 'True',
			[label.slug]: slug,
		});
	});

	test('it has the service in the networks where that was asked for', () => {
		const spec = specOf(planRun(lab, 'job', stateOf(lab), options({ useAliases: true })));
		assert.deepEqual(spec.networks, [
			{ network: 'lab_default', isConfigured: true, aliases: ['lab-job-run-0123456789ab', 'job', 'trainer'] },
		]);
	});

	test('a missing image is left to the engine to refuse, one that is on its way is named', () => {
		const bare = state({ images: {} });
		assert.equal(specOf(planRun(lab, 'job', bare, options({ noDeps: true }))).image, 'app');
		const pendingImages: Plan = {
			warnings: [],
			steps: [
				{
					id: 1,
					operation: { type: 'image.pull', service: 'db', image: 'app' },
					dependsOn: [],
					reasons: ['not found'],
				},
			],
		};
		const plan = planRun(lab, 'job', bare, options({ noDeps: true, pendingImages }));
		assert.deepEqual(plan.steps.at(-1)?.reasons, ['one-off container', 'image: depends on the pull of app']);
		assert.deepEqual(plan.steps.at(-1)?.dependsOn, [1, 2, 3]);
	});
});
