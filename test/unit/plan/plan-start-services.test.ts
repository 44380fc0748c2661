import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planStartServices } from '../../../src/plan/plan-start-services.ts';
import { selectServices } from '../../../src/plan/select-services.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';

const stack = project({
	services: {
		db: service({ healthcheck: { test: ['CMD', 'true'] } }),
		job: service(),
		web: service({
			depends_on: { db: needs('service_healthy'), job: needs('service_completed_successfully') },
		}),
		side: service({ depends_on: { web: needs('service_started') } }),
	},
});
const exited = (name: string) => container(stack, { service: name, state: 'exited', exitCode: 0 });
const all = ['db', 'job', 'web', 'side'].map(exited);
const healthy = container(stack, { service: 'db', health: 'healthy' });

const cases: readonly {
	when: string;
	services?: readonly string[];
	containers?: readonly ObservedContainer[];
	wait?: boolean;
	plan: readonly string[];
	warnings?: readonly string[];
}[] = [
	{
		when: 'all have ended: each starts once its dependencies are as it asks',
		plan: [
			'1 container.start lab-db-1: exited (0)',
			'2 container.start lab-job-1: exited (0)',
			'3 container.await lab-db-1 (service_healthy) after 1: others wait until it is healthy',
			'4 container.await lab-job-1 (service_completed_successfully) after 2: others wait until it has ended well',
			'5 container.start lab-web-1 after 3, 4: exited (0)',
			'6 container.start lab-side-1 after 5: exited (0)',
		],
	},
	{
		when: 'one is named: what it depends on starts too, and nobody else',
		services: ['db'],
		plan: ['1 container.start lab-db-1: exited (0)'],
	},
	{
		when: 'what is needed is healthy already',
		services: ['side'],
		containers: [healthy, ...all.slice(1)],
		plan: [
			'1 container.start lab-job-1: exited (0)',
			'2 container.await lab-job-1 (service_completed_successfully) after 1: others wait until it has ended well',
			'3 container.start lab-web-1 after 2: exited (0)',
			'4 container.start lab-side-1 after 3: exited (0)',
		],
	},
	{
		when: 'all of them run',
		services: ['db'],
		containers: [healthy],
		plan: [],
	},
	{
		when: 'it waits until all is up',
		services: ['db'],
		wait: true,
		plan: [
			'1 container.start lab-db-1: exited (0)',
			'2 container.await lab-db-1 (running_or_healthy) after 1: to be up before the command ends',
		],
	},
	{
		when: 'some have no container: the others start, and that is worth a warning',
		services: ['job', 'db'],
		containers: [exited('job')],
		plan: ['1 container.start lab-job-1: exited (0)'],
		warnings: ['service `db` has no container to start'],
	},
	{
		when: 'one-offs and orphans are there: they stay as they are',
		services: ['job'],
		containers: [
			exited('job'),
			container(stack, { service: 'job', oneOff: true, state: 'exited', name: 'lab-job-run-1' }),
			container(stack, { service: 'gone', state: 'exited' }),
		],
		plan: ['1 container.start lab-job-1: exited (0)'],
	},
	{
		when: 'one is paused: the engine is asked, and refuses',
		services: ['db'],
		containers: [container(stack, { service: 'db', state: 'paused' })],
		plan: ['1 container.start lab-db-1: paused'],
	},
];

describe('planStartServices', () => {
	for (const { when, services = [], containers = all, wait = false, plan, warnings = [] } of cases) {
		test(`when ${when}`, () => {
			const made = planStartServices(selectServices(stack, { services }), containers, { wait });
			assert.equal(formatPlan(made), plan.join('\n'));
			assert.deepEqual(
				made.warnings.map(({ message }) => message),
				warnings,
			);
		});
	}

	const failures = [
		{ when: 'there is no container at all', containers: [], message: /service `db` has no container to start/ },
		{
			when: 'what a service waits for has no container',
			containers: [exited('web'), exited('job')],
			message: /web is missing dependency db/,
		},
	];
	for (const { when, containers, message } of failures) {
		test(`when ${when}, that is a failure`, () => {
			const start = () => planStartServices(selectServices(stack, { services: ['web'] }), containers);
			assert.throws(start, { code: 'CONTAINER_MISSING', message });
		});
	}

	test('a dependency that is not required, has no replicas or is only started may be missing', () => {
		const loose = project({
			services: {
				none: service({ scale: 0 }),
				optional: service(),
				plain: service(),
				web: service({
					depends_on: {
						none: needs('service_healthy'),
						optional: needs('service_healthy', { required: false }),
						plain: needs('service_started'),
					},
				}),
			},
		});
		const only = container(loose, { service: 'web', state: 'exited' });
		const { steps } = planStartServices(selectServices(loose, {}), [only]);
		assert.deepEqual(
			steps.map(({ operation }) => operation.type),
			['container.start'],
		);
	});

	test('replicas that share a range of host ports start one after the other, others at the same time', () => {
		const ports = [{ mode: 'ingress', target: 80, published: '8000-8010', protocol: 'tcp' }];
		const ranged = project({ services: { plain: service(), web: service({ ports }) } });
		const replicas = ['plain', 'web'].flatMap((name) =>
			[1, 2].map((number) => container(ranged, { service: name, number, state: 'exited' })),
		);
		const { steps } = planStartServices(selectServices(ranged, {}), replicas);
		assert.deepEqual(
			steps.map(({ dependsOn }) => dependsOn),
			[[], [], [], [3]],
		);
		assert.deepEqual(
			planStartServices(selectServices(ranged, {}), replicas, { withoutFile: true }).steps.map(
				({ dependsOn }) => dependsOn,
			),
			[[], [1], [], [3]],
		);
	});

	test('hooks run after a start and before what depends on it', () => {
		const hooked = project({
			services: {
				db: service({ post_start: [{ command: ['init'] }] }),
				web: service({ depends_on: { db: needs('service_started') } }),
			},
		});
		const ended = ['db', 'web'].map((name) => container(hooked, { service: name, state: 'exited' }));
		assert.deepEqual(
			formatPlan(planStartServices(selectServices(hooked, {}), ended))
				.split('\n')
				.map((line) => line.replace(/:.*/, '')),
			[
				'1 container.start lab-db-1',
				'2 container.exec lab-db-1 (post_start) after 1',
				'3 container.start lab-web-1 after 2',
			],
		);
	});
});
