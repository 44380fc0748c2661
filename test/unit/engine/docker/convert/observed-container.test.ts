import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	containerDetails,
	containerSummary,
	type RawContainer,
	type RawContainerDetails,
} from '../../../../../src/engine/docker/convert/observed-container.ts';

const listed: RawContainer = {
	Id: '0f',
	Names: ['/other/alias', '/lab-web-1'],
	Image: 'web',
	ImageID: 'sha256:1',
	Command: 'sleep',
	Created: 7,
	State: 'running',
	Status: 'Up 3 minutes (healthy)',
	Labels: null,
	Ports: [
		{ IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
		{ PrivatePort: 81, Type: 'udp' },
	],
	NetworkSettings: { Networks: { lab_default: { NetworkID: 'n1' }, host: null } },
	Mounts: [
		{ Type: 'bind', Name: '', Source: '/data', Destination: '/d' },
		{ Type: 'volume', Name: 'v', Destination: '/v' },
	],
};

describe('containerSummary', () => {
	const summary = containerSummary(listed);

	test('the name is the one without a link in it', () => assert.equal(summary.name, 'lab-web-1'));
	test('no labels are no labels', () => assert.deepEqual(summary.labels, {}));
	test('ports keep what they have', () => {
		assert.deepEqual(summary.ports, [
			{ ip: '::', privatePort: 80, publicPort: 8080, type: 'tcp' },
			{ privatePort: 81, type: 'udp' },
		]);
	});
	test('networks by name', () => {
		assert.deepEqual(
			[...summary.networks],
			[
				['lab_default', { networkId: 'n1' }],
				['host', { networkId: '' }],
			],
		);
	});
	test('mounts without a name have none', () => {
		assert.deepEqual(summary.mounts, [
			{ type: 'bind', source: '/data', destination: '/d' },
			{ type: 'volume', name: 'v', source: '', destination: '/v' },
		]);
	});
	test('lists that an engine leaves out are empty', () => {
		const { Id, Image, ImageID, Command, Created, State, Status } = listed;
		const bare = containerSummary({ Id, Image, ImageID, Command, Created, State, Status });
		assert.deepEqual([bare.name, bare.ports, bare.mounts, bare.networks.size], ['', [], [], 0]);
	});
});

describe('containerDetails', () => {
	const raw = (state: Partial<RawContainerDetails['State']>): RawContainerDetails => ({
		Id: '0f',
		Name: '/lab-web-1',
		State: { Status: 'exited', Running: false, ExitCode: 3, OOMKilled: false, Error: '', ...state },
		Config: { Tty: true },
		HostConfig: {},
	});

	const cases = [
		{ when: 'there is no check', state: {}, health: undefined },
		{ when: 'the engine says so in a word', state: { Health: { Status: 'none' } }, health: undefined },
		{ when: 'podman says so with null', state: { Health: null }, health: undefined },
		{ when: 'there is one', state: { Health: { Status: 'starting', Log: null } }, health: 'starting' },
	];
	for (const { when, state, health } of cases) {
		test(`health when ${when}`, () => assert.equal(containerDetails(raw(state)).state.health, health));
	}

	test('the last probe is told', () => {
		const health = { Status: 'unhealthy', Log: [{ Output: 'first' }, { Output: 'last' }] };
		assert.equal(containerDetails(raw({ Health: health })).state.lastProbe, 'last');
	});

	test('a container that never ran has no end', () => {
		assert.equal(containerDetails(raw({ FinishedAt: '0001-01-01T00:00:00Z' })).state.finishedAt, undefined);
		assert.equal(
			containerDetails(raw({ FinishedAt: '2026-01-01T00:00:00Z' })).state.finishedAt,
			'2026-01-01T00:00:00Z',
		);
	});

	test('it tells how often the engine started it again', () => {
		assert.equal(containerDetails({ ...raw({}), RestartCount: 2 }).state.restarts, 2);
		assert.equal(containerDetails(raw({})).state.restarts, undefined);
	});

	test('name and terminal', () => {
		const { name, tty } = containerDetails(raw({}));
		assert.deepEqual([name, tty], ['lab-web-1', true]);
	});
});
