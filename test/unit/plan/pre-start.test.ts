import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSpec } from '../../../src/engine/container-api.ts';
import type { Hook } from '../../../src/model/hook.ts';
import type { Service } from '../../../src/model/service.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planDown } from '../../../src/plan/plan-down.ts';
import { planImages } from '../../../src/plan/plan-images.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { hookLabels, label } from '../../../src/state/labels.ts';
import {
	container,
	needs,
	networkSummary,
	project,
	service,
	state,
	stateOf,
	volumeSummary,
} from '../../support/plan-cases.ts';

const hook: Hook = { command: ['migrate'] };
const labOf = (given: Partial<Service>) => project({ services: { web: service({ pre_start: [hook], ...given }) } });
const lab = labOf({});
const failed = {
	...container(lab, { service: 'web', name: 'lab-web-pre_start-0', state: 'exited' }),
	labels: hookLabels('lab', 'web'),
};
const lines = (plan: Plan): readonly string[] =>
	formatPlan(plan)
		.split('\n')
		.filter(Boolean)
		.map((line) => line.replace(/: .*/, ''));

function specOf(plan: Plan, name: string): ContainerSpec {
	const { operation } =
		plan.steps.find((step) => step.operation.type === 'container.create' && step.operation.spec.name === name) ?? {};
	assert.ok(operation?.type === 'container.create');
	return operation.spec;
}

describe('pre_start', () => {
	test('a hook runs in a container of its own before the first start', () => {
		assert.deepEqual(lines(planUp(lab, stateOf(lab, { containers: [] }))), [
			'1 container.create lab-web-1',
			'2 container.create lab-web-pre_start-0 after 1',
			'3 container.start lab-web-pre_start-0 after 2',
			'4 container.await lab-web-pre_start-0 (service_completed_successfully) after 3',
			'5 container.remove lab-web-pre_start-0 after 4',
			'6 container.start lab-web-1 after 1, 5',
		]);
	});

	test('what an earlier run left of it makes place first', () => {
		const plan = planUp(lab, { ...stateOf(lab, { containers: [] }), hookContainers: [failed] });
		assert.deepEqual(lines(plan).slice(0, 3), [
			'1 container.create lab-web-1',
			'2 container.remove lab-web-pre_start-0 after 1',
			'3 container.create lab-web-pre_start-0 after 1, 2',
		]);
		const { operation } = plan.steps[1] ?? {};
		assert.ok(operation?.type === 'container.remove' && 'id' in operation.container);
		assert.equal(operation.container.id, failed.id);
	});

	test('it is made once its networks are there, though the service’s container was made before', () => {
		const made = stateOf(lab, { containers: [container(lab, { service: 'web', state: 'created' })], networks: [] });
		const plan = planUp(lab, made, { recreate: 'never' });
		const network = plan.steps.find(({ operation }) => operation.type === 'network.create');
		const runner = plan.steps.find(({ operation }) => operation.type === 'container.create');
		assert.ok(network !== undefined && runner?.dependsOn.includes(network.id));
	});

	test('what an earlier run left of it makes place for a network or a volume that is recreated, once', () => {
		const given = project({
			services: { web: service({ pre_start: [hook], volumes: [{ type: 'volume', source: 'data', target: '/data' }] }) },
			volumes: { data: { name: 'lab_data' } },
		});
		const left = {
			...container(given, { service: 'web', name: 'lab-web-pre_start-0', state: 'running' }),
			labels: hookLabels('lab', 'web'),
		};
		const found = {
			...stateOf(given, {
				networks: [networkSummary(given, 'default', { name: 'lab_default', ipam: {}, internal: true })],
				volumes: [volumeSummary(given, 'data', { name: 'lab_data', driver: 'nfs' })],
			}),
			hookContainers: [left],
			strangers: [left],
		};
		const { steps } = planUp(given, found, { recreateVolumes: 'all' });
		const removals = steps.filter(
			({ operation }) =>
				operation.type === 'container.remove' && 'id' in operation.container && operation.container.id === left.id,
		);
		assert.equal(removals.length, 1);
		for (const type of ['network.remove', 'volume.remove'])
			assert.ok(steps.find(({ operation }) => operation.type === type)?.dependsOn.includes(removals[0]?.id ?? 0), type);
	});

	test('it runs once for all replicas, and several run one after the other', () => {
		const twice = labOf({ scale: 2, pre_start: [hook, hook] });
		const plan = planUp(twice, stateOf(twice, { containers: [] }));
		const created = plan.steps.flatMap(({ operation }) =>
			operation.type === 'container.create' ? operation.spec.name : [],
		);
		assert.deepEqual(created.sort(), ['lab-web-1', 'lab-web-2', 'lab-web-pre_start-0', 'lab-web-pre_start-1']);
		const last = plan.steps.findLast(({ operation }) => operation.type === 'container.remove');
		const starts = plan.steps.filter(
			({ operation }) => operation.type === 'container.start' && /-[12]$/.test(operation.container.name),
		);
		assert.ok(starts.length >= 2);
		for (const { operation, dependsOn } of starts) {
			if (operation.type === 'container.start' && !operation.container.name.includes('pre_start'))
				assert.ok(dependsOn.includes(last?.id ?? 0));
		}
	});

	test('what runs already, and what only starts again, is left without it', () => {
		assert.deepEqual(lines(planUp(lab, stateOf(lab))), []);
		const stopped = stateOf(lab, { containers: [container(lab, { service: 'web', state: 'exited' })] });
		assert.deepEqual(lines(planUp(lab, stopped)), ['1 container.start lab-web-1']);
	});

	test('a container that an earlier run made and did not start gets it', () => {
		const made = stateOf(lab, { containers: [container(lab, { service: 'web', state: 'created' })] });
		assert.match(lines(planUp(lab, made)).join('\n'), /container\.start lab-web-pre_start-0/);
	});

	test('where nothing is started nothing runs', () => {
		const plan = planUp(lab, stateOf(lab, { containers: [] }), { start: false });
		assert.deepEqual(lines(plan), ['1 container.create lab-web-1']);
	});

	test('it has the mounts and networks of the service’s container, and is no container of the service', () => {
		const given = labOf({
			volumes: [{ type: 'volume', target: '/data' }],
			ports: [{ mode: 'ingress', target: 80, protocol: 'tcp' }],
		});
		const spec = specOf(planUp(given, stateOf(given, { containers: [] })), 'lab-web-pre_start-0');
		assert.deepEqual(spec.service.volumes_from, ['lab-web-1']);
		assert.deepEqual([spec.service.volumes, spec.service.ports], [undefined, undefined]);
		assert.deepEqual(
			spec.networks.map(({ network }) => network),
			['lab_default'],
		);
		assert.equal(spec.labels[label.hook], 'pre_start');
		assert.equal(spec.labels[label.configHash], undefined);
		assert.equal(spec.labels[label.number], undefined);
	});

	test('what the hook says wins over what the service has', () => {
		const own: Hook = {
			command: ['x'],
			image: 'tool',
			user: '5',
			working_dir: '/w',
			privileged: true,
			environment: { A: 'hook', B: null },
		};
		const web = service({ pre_start: [own], environment: { A: 'service', C: 'c' }, user: 'root', pid: 'service:db' });
		const given = project({
			services: { db: service(), web: { ...web, depends_on: { db: needs('service_started') } } },
		});
		const spec = specOf(planUp(given, stateOf(given, { containers: [] })), 'lab-web-pre_start-0');
		assert.equal(spec.image, 'tool');
		const { command, user, working_dir, privileged, environment, pid } = spec.service;
		assert.deepEqual(
			{ command, user, working_dir, privileged, environment, pid },
			{
				command: ['x'],
				user: '5',
				working_dir: '/w',
				privileged: true,
				environment: { A: 'hook', B: null, C: 'c' },
				pid: undefined,
			},
		);
	});

	test('its image is pulled where it is missing', () => {
		const given = labOf({ pre_start: [{ ...hook, image: 'tool' }] });
		assert.match(formatPlan(planImages(given, stateOf(given))), /image\.pull tool: needed by a hook, not found/);
	});

	test('a down removes what a failed one left', () => {
		const found = { ...stateOf(lab), hookContainers: [failed] };
		assert.match(lines(planDown(lab, 'lab', found)).join('\n'), /container\.remove lab-web-pre_start-0/);
	});

	test('a down of a project of which nothing is there has no step', () => {
		assert.deepEqual(lines(planDown(lab, 'lab', state())), []);
	});
});
