import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails } from '../../../src/engine/container-api.ts';
import { findDrift, reasonsOfDrift } from '../../../src/plan/drift.ts';
import type { Drift } from '../../../src/plan/plan.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, image, otherImageId, project, service, stateOf } from '../../support/plan-cases.ts';

const lab = project({
	services: { web: service({ mem_limit: '512m', secrets: [{ source: 'token' }] }), db: service({ scale: 1 }) },
});
const stack = { ...lab, secrets: new Map([['token', { name: 'lab_token', file: '/lab/token' }]]) };

interface Looked {
	readonly hostConfig?: Readonly<Record<string, unknown>>;
	readonly endpoints?: Readonly<Record<string, unknown>>;
}

const mounts = [{ Type: 'bind', Source: '/lab/token', Target: '/run/secrets/token', ReadOnly: true }];

const details = (name: string, { hostConfig = {}, endpoints }: Looked = {}): ContainerDetails => ({
	id: 'x',
	name,
	state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' },
	config: { Image: 'app' },
	hostConfig: {
		NetworkMode: 'lab_default',
		...(name.includes('web') && { Memory: 512 * 2 ** 20, Mounts: mounts }),
		...hostConfig,
	},
	endpoints: endpoints ?? { lab_default: { Aliases: [name, name.split('-')[1]] } },
	tty: false,
	mounts: [],
});

const db = { ...container(stack, { service: 'db' }), details: details('lab-db-1') };
const web = (given: Partial<ObservedContainer> = {}, looked: Looked = {}): ObservedContainer => ({
	...container(stack, { service: 'web' }),
	details: details('lab-web-1', looked),
	...given,
});

interface Case {
	readonly when: string;
	readonly found: readonly ObservedContainer[];
	readonly drift: readonly string[];
	readonly images?: Parameters<typeof stateOf>[1];
}

const cases: readonly Case[] = [
	{ when: 'nobody changed anything, secrets mounted as they are', found: [web(), db], drift: [] },
	{
		when: 'limits and the restart policy were updated',
		found: [web({}, { hostConfig: { Memory: 2 ** 30, RestartPolicy: { Name: 'always' }, NanoCpus: 5e8 } }), db],
		drift: ['cpus: 0.5 → (none)', 'mem_limit: 1g → 512m', 'restart: always → (none)'],
	},
	{
		when: 'the engine filled in a default of its own',
		found: [web({}, { hostConfig: { MemorySwap: 2 ** 30, ShmSize: 67108864, IpcMode: 'private' } }), db],
		drift: [],
	},
	{
		when: 'it was connected to another network',
		found: [web({}, { endpoints: { lab_default: { Aliases: ['web'] }, other: { Aliases: [] } } }), db],
		drift: ['networks.other: attached → (none)'],
	},
	{
		when: 'it was disconnected and connected again',
		found: [web({}, { endpoints: { lab_default: { Aliases: [] } } }), db],
		drift: ['networks.default: not known as web → known as web'],
	},
	{
		when: 'it was disconnected',
		found: [web({ networks: new Map() }), db],
		drift: ['up networks.default: not attached → (as declared)'],
	},
	{
		when: 'it was renamed',
		found: [web({ name: 'mine' }, { endpoints: { lab_default: { Aliases: ['lab-web-1', 'web'] } } }), db],
		drift: ['up container_name: mine → lab-web-1'],
	},
	{ when: 'it was paused', found: [web({ state: 'paused' }), db], drift: ['up state: paused → running'] },
	{
		when: 'it was stopped',
		found: [web({ state: 'exited', exitCode: 137 }), db],
		drift: ['up state: exited (137) → running'],
	},
	{ when: 'it was removed', found: [db], drift: ['up container: (not found) → running'] },
	{ when: 'its health check fails', found: [web({ health: 'unhealthy' }), db], drift: ['health: unhealthy → healthy'] },
	{
		when: 'the tag names another image',
		found: [web(), db],
		images: { images: { app: image({ id: otherImageId }) } },
		drift: [
			'up image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…',
			'up image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…',
		],
	},
	{
		when: 'there is one container too many',
		found: [web(), db, { ...db, ...container(stack, { service: 'db', number: 2 }) }],
		drift: ['up container: running → (none), replicas: 2 → 1'],
	},
	{ when: 'nobody looked', found: [container(stack, { service: 'web' }), db], drift: [] },
];

const shown = ({ field, observed, declared, mendedBy }: Drift): string =>
	`${mendedBy === 'up' ? 'up ' : ''}${field}: ${observed} → ${declared}`;

describe('findDrift', () => {
	for (const { when, found, drift, images } of cases) {
		test(`finds ${drift.length} fields when ${when}`, () => {
			const state = stateOf(stack, { containers: found, ...images });
			assert.deepEqual(findDrift(stack, state, { plan: planUp(stack, state) }).map(shown), drift);
		});
	}

	test('is about the services that are asked for only', () => {
		const state = stateOf(stack, { containers: [web({ state: 'paused' }, { hostConfig: { Memory: 1 } }), db] });
		const options = { services: ['db'] };
		assert.deepEqual(findDrift(stack, state, { plan: planUp(stack, state, options), options }), []);
	});

	test('gives the reasons for which `up --drift` recreates', () => {
		const state = stateOf(stack, { containers: [web({}, { hostConfig: { Memory: 2 ** 30 } }), db] });
		const drifted = reasonsOfDrift(findDrift(stack, state, { plan: planUp(stack, state) }));
		const [create] = planUp(stack, state, { drifted }).steps;
		assert.equal(create?.operation.type, 'container.create');
		assert.deepEqual(create?.reasons, ['mem_limit: 1g → 512m (changed by hand)']);
	});
});
