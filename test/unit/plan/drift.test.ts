import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails } from '../../../src/engine/container-api.ts';
import type { Service } from '../../../src/model/service.ts';
import { serviceTexts } from '../../../src/plan/config-hash.ts';
import { findDrift, reasonsOfDrift } from '../../../src/plan/drift.ts';
import { fieldsLabel } from '../../../src/plan/field-digests.ts';
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

/** As labc made it from what the file said then. */
const made = (then: Partial<Service>, looked: Looked = {}): ObservedContainer => {
	const from = { ...service({ mem_limit: '512m', secrets: [{ source: 'token' }] }), ...then };
	const found = { ...container(stack, { service: 'web', madeFrom: from }), details: details('lab-web-1', looked) };
	return { ...found, labels: { ...found.labels, ...fieldsLabel(serviceTexts(from), found.configHash) } };
};

const withImage = (reference: string): ContainerDetails => {
	const found = details('lab-web-1');
	return { ...found, config: { ...found.config, Image: reference } };
};

/** A job, which the file restarts so. */
const job = (restart: string): Pick<Case, 'found' | 'db'> => {
	const declared = service({ restart });
	const [name, attempts = 0] = restart.split(':');
	const hostConfig = { RestartPolicy: { Name: name, MaximumRetryCount: Number(attempts) } };
	const given = { service: 'db', madeFrom: declared, state: 'exited', exitCode: 0 } as const;
	return {
		db: declared,
		found: [web(), { ...container(stack, given), details: details('lab-db-1', { hostConfig }) }],
	};
};

interface Case {
	readonly when: string;
	readonly found: readonly ObservedContainer[];
	readonly drift: readonly string[];
	readonly db?: Service;
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
	{ when: 'it was removed', found: [db], drift: ['up container: not created → running'] },
	{
		when: 'the file asks for more replicas by now',
		found: [web(), db],
		db: service({ scale: 3 }),
		drift: ['up container: not created → running (one of 3)', 'up container: not created → running (one of 3)'],
	},
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
		drift: [],
	},
	{
		when: 'a job without a restart policy ended well',
		found: [web({ state: 'exited', exitCode: 0 }), db],
		drift: [],
	},
	{
		when: 'a service that is to run for ever was stopped and ended well',
		...job('always'),
		drift: ['up state: exited (0) → running'],
	},
	{
		when: 'a job that is tried again when it fails ended well',
		...job('on-failure:3'),
		drift: [],
	},
	{ when: 'it was made and never started', found: [web({ state: 'created' }), db], drift: [] },
	{
		when: 'the file was edited: its labels tell what it was made from',
		found: [made({ tty: true }), db],
		drift: [],
	},
	{
		when: 'the file was edited and a limit was updated by hand',
		found: [made({ tty: true }, { hostConfig: { Memory: 2 ** 30 } }), db],
		drift: ['up mem_limit: 1g → 512m'],
	},
	{
		when: 'the limit was edited in the file',
		found: [made({ mem_limit: '1g' }, { hostConfig: { Memory: 2 ** 30 } }), db],
		drift: [],
	},
	{
		when: 'the file was edited and no label tells what of it',
		found: [web({ configHash: 'other' }, { hostConfig: { Memory: 2 ** 30 } }), db],
		drift: [],
	},
	{
		when: 'the file was edited and the container was paused',
		found: [web({ configHash: 'other', state: 'paused' }), db],
		drift: ['up state: paused → running'],
	},
	{
		when: 'the file names another image',
		found: [{ ...made({ image: 'old' }), details: withImage('old') }, db],
		images: { images: { app: image({ id: otherImageId }) } },
		drift: ['up image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…'],
	},
	{
		when: 'another run has made its replacement',
		found: [
			web({ state: 'exited', exitCode: 137 }),
			web({ id: 'b', name: '0123456789ab_lab-web-1', state: 'created' }),
			db,
		],
		drift: [],
	},
	{
		when: 'another run has put it aside',
		found: [web({ id: 'b', state: 'created' }), web({ name: '0123456789ab_lab-web-1_replaced' }), db],
		drift: [],
	},
	{ when: 'nobody looked', found: [container(stack, { service: 'web' }), db], drift: [] },
];

const shown = ({ field, observed, declared, mendedBy }: Drift): string =>
	`${mendedBy === 'up' ? 'up ' : ''}${field}: ${observed} → ${declared}`;

describe('findDrift', () => {
	for (const { when, found, drift, db: declared, images } of cases) {
		test(`finds ${drift.length} fields when ${when}`, () => {
			const file = {
				...stack,
				services: new Map([...stack.services, ...(declared ? [['db', declared] as const] : [])]),
			};
			const state = stateOf(file, { containers: found, ...images });
			assert.deepEqual(findDrift(file, state, { plan: planUp(file, state) }).map(shown), drift);
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
