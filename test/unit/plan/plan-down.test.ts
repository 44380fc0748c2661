import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { type DownOptions, planDown } from '../../../src/plan/plan-down.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import {
	container,
	foreign,
	needs,
	project,
	service,
	state,
	stateOf,
	volumeSummary,
} from '../../support/plan-cases.ts';

const pair = project({
	services: {
		db: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }),
		api: service({ depends_on: { db: needs('service_started') } }),
	},
	volumes: { data: { name: 'lab_data' } },
});

const oneOff = container(pair, { service: 'api', oneOff: true, name: 'lab-api-run-1' });
const withMore = stateOf(pair, {
	containers: [
		container(pair, { service: 'api' }),
		container(pair, { service: 'db' }),
		container(pair, { service: 'old', networks: new Map() }),
		{ ...oneOff, networks: new Map() },
	],
});

const anonymous = { type: 'volume', name: 'a'.repeat(64), source: '', destination: '/data' };

const reason = 'the project is taken down';
const everything = [
	`1 container.stop lab-api-1: ${reason}`,
	`2 container.remove lab-api-1 after 1: ${reason}`,
	`3 container.stop lab-db-1 after 2: ${reason}`,
	`4 container.remove lab-db-1 after 2, 3: ${reason}`,
	`5 network.remove lab_default after 2, 4: ${reason}`,
];

interface Case {
	readonly when: string;
	readonly file?: Project | undefined;
	readonly state?: ObservedState;
	readonly options?: DownOptions;
	readonly plan: readonly string[];
}

const cases: readonly Case[] = [
	{ when: 'everything runs', plan: everything },
	{ when: 'nothing is there', state: state(), plan: [] },
	{ when: 'only the name is known: labels tell the order', file: undefined, plan: everything },
	{ when: 'there are orphans and one-offs: they stay', state: withMore, plan: everything },
	{
		when: 'orphans are to go: one-offs go too',
		state: withMore,
		options: { removeOrphans: true },
		plan: [
			`1 container.stop lab-old-1: ${reason}`,
			`2 container.remove lab-old-1 after 1: ${reason}`,
			`3 container.stop lab-api-1: ${reason}`,
			`4 container.remove lab-api-1 after 3: ${reason}`,
			`5 container.stop lab-api-run-1: ${reason}`,
			`6 container.remove lab-api-run-1 after 5: ${reason}`,
			`7 container.stop lab-db-1 after 4, 6: ${reason}`,
			`8 container.remove lab-db-1 after 4, 6, 7: ${reason}`,
			`9 network.remove lab_default after 4, 8: ${reason}`,
		],
	},
	{
		when: 'a one-off still runs on the network: the network stays',
		state: stateOf(pair, { containers: [oneOff] }),
		plan: [],
	},
	{
		when: 'a one-off that ended is on the network: the engine lets the network go',
		state: stateOf(pair, { containers: [{ ...oneOff, state: 'exited' }], volumes: [] }),
		plan: [`1 network.remove lab_default: ${reason}`],
	},
	{
		when: 'volumes are to go',
		options: { volumes: true },
		plan: [
			...everything.slice(0, 3),
			`4 container.remove lab-db-1 after 2, 3: ${reason}`,
			...everything.slice(4),
			'6 volume.remove lab_data (destroys data) after 4: `--volumes` was given',
		],
	},
	{
		when: 'volumes are to go: a container takes its anonymous ones with it',
		state: stateOf(pair, { containers: [container(pair, { service: 'db', mounts: [anonymous] })], volumes: [] }),
		options: { volumes: true },
		plan: [
			`1 container.stop lab-db-1: ${reason}`,
			`2 container.remove lab-db-1 (destroys data) after 1: ${reason}`,
			`3 network.remove lab_default after 2: ${reason}`,
		],
	},
	{
		when: "volumes are to go and one is another project's",
		state: stateOf(pair, { containers: [], networks: [], volumes: [foreign(volumeSummary(pair, 'data'), 'other')] }),
		options: { volumes: true },
		plan: [],
	},
	{
		when: 'a service is named: what depends on it stays, and so do the network and the volume in use',
		options: { services: ['api'], volumes: true },
		plan: everything.slice(0, 2),
	},
	{
		when: 'a service is named and only labels are there: what depends on it goes too',
		file: undefined,
		options: { services: ['db'] },
		plan: everything,
	},
	{
		when: 'only labels are there and one-offs of services without containers: those that ended are orphans',
		file: undefined,
		state: stateOf(pair, {
			containers: [oneOff, { ...oneOff, id: 'ended', name: 'lab-api-run-2', state: 'exited' }],
			volumes: [],
		}),
		options: { removeOrphans: true },
		plan: [`1 container.remove lab-api-run-2: ${reason}`],
	},
	{
		when: 'containers do not run',
		state: stateOf(pair, { containers: [container(pair, { service: 'db', state: 'exited' })], networks: [] }),
		options: { stopTimeoutSeconds: 3 },
		plan: [`1 container.remove lab-db-1: ${reason}`],
	},
	{
		when: 'containers get no time to stop: a forced removal is one call less',
		options: { services: ['api'], stopTimeoutSeconds: 0 },
		plan: [`1 container.remove lab-api-1: ${reason}`],
	},
	{
		when: 'all images are to go',
		state: stateOf(pair, { containers: [], networks: [], volumes: [] }),
		options: { images: 'all' },
		plan: ['1 image.remove app:latest: `--rmi all` was given'],
	},
	{
		when: 'images without a name of their own are to go and there are none',
		state: stateOf(pair, { containers: [], networks: [] }),
		options: { images: 'local' },
		plan: [],
	},
];

describe('planDown', () => {
	for (const entry of cases) {
		const { when, state: found = stateOf(pair), options = {}, plan } = entry;
		const file = 'file' in entry ? entry.file : pair;
		test(`when ${when}`, () => assert.equal(formatPlan(planDown(file, 'lab', found, options)), plan.join('\n')));
	}

	test('the time to stop is passed on', () => {
		const plan = planDown(pair, 'lab', stateOf(pair), { services: ['api'], stopTimeoutSeconds: 3 });
		assert.deepEqual(
			plan.steps.map(({ operation }) => operation.type === 'container.stop' && operation.timeoutSeconds),
			[3, false],
		);
	});

	test('an unknown service is refused', () => {
		assert.throws(() => planDown(pair, 'lab', state(), { services: ['apo'] }), {
			code: 'SERVICE_UNKNOWN',
			hint: 'Did you mean `api`?',
		});
	});
});
