import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { ContainerState, ContainerSummary } from '../../../../src/engine/container-api.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { networkHandlers } from '../../../../src/execute/operations/network.ts';
import { answers, stepRun } from './step-runs.ts';

const removal = { type: 'network.remove', key: 'default', name: 'lab_default', id: 'n1' } as const;
const inUse = new LabcError('ENGINE_REFUSED', 'cannot remove network lab_default: network has active endpoints');
const gone = new LabcError('ENGINE_NOT_FOUND', 'no such network');

const attached = (state: ContainerState): ContainerSummary => ({
	id: 'c',
	name: 'other',
	image: '',
	imageId: '',
	command: '',
	created: 0,
	state,
	status: '',
	labels: {},
	ports: [],
	networks: new Map([['lab_default', { networkId: 'n1' }]]),
	mounts: [],
});

describe('network.remove', () => {
	beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
	afterEach(() => mock.timers.reset());

	/** Lets every delay pass until the operation has ended. */
	async function patiently<T>(operation: Promise<T>): Promise<T> {
		let over = false;
		const ended = operation.finally(() => {
			over = true;
		});
		ended.catch(() => undefined);
		for (let turn = 0; turn < 100 && !over; turn += 1) {
			await new Promise((resolve) => setImmediate(resolve));
			mock.timers.tick(1000);
		}
		return ended;
	}

	test('a network that is gone already is removed', async () => {
		const { run } = stepRun({ removeNetwork: answers<void>(gone).next });
		assert.deepEqual(await networkHandlers['network.remove'](removal, run), {});
	});

	test('an endpoint that goes a little after its container is waited for', async () => {
		const remove = answers<void>(inUse, inUse, undefined);
		const { run } = stepRun({ removeNetwork: remove.next, listContainers: async () => [] });
		assert.deepEqual(await patiently(networkHandlers['network.remove'](removal, run)), {});
		assert.equal(remove.count(), 3);
	});

	test('it gives up after a bounded number of tries', async () => {
		const remove = answers<void>(inUse);
		const { run } = stepRun({ removeNetwork: remove.next, listContainers: async () => [] });
		await assert.rejects(patiently(networkHandlers['network.remove'](removal, run)), inUse);
		assert.equal(remove.count(), 6);
	});

	test('a container that stays attached is not waited for', async () => {
		const remove = answers<void>(inUse);
		const { run } = stepRun({ removeNetwork: remove.next, listContainers: async () => [attached('running')] });
		await assert.rejects(networkHandlers['network.remove'](removal, run), inUse);
		assert.equal(remove.count(), 2);
	});

	test('a container that is on its way out is waited for', async () => {
		const remove = answers<void>(inUse, undefined);
		const { run } = stepRun({ removeNetwork: remove.next, listContainers: async () => [attached('removing')] });
		assert.deepEqual(await patiently(networkHandlers['network.remove'](removal, run)), {});
	});

	test('where what is in use may stay, it stays and is told', async () => {
		const engine = { removeNetwork: answers<void>(inUse).next, listContainers: async () => [attached('running')] };
		const { run } = stepRun(engine, { keepsWhatIsInUse: true });
		assert.deepEqual(await networkHandlers['network.remove'](removal, run), { skipped: 'Resource is still in use' });
	});

	test('any other refusal is a failure, at once', async () => {
		const refused = new LabcError('ENGINE_REFUSED', 'cannot remove network: permission denied');
		const remove = answers<void>(refused);
		const { run } = stepRun({ removeNetwork: remove.next }, { keepsWhatIsInUse: true });
		await assert.rejects(networkHandlers['network.remove'](removal, run), refused);
		assert.equal(remove.count(), 1);
	});
});

describe('networks', () => {
	test('network.create hands the network and its labels to the engine', async () => {
		const calls: unknown[] = [];
		const { run } = stepRun({
			async createNetwork(...args) {
				calls.push(args);
				return { id: 'n1' };
			},
		});
		const network = { name: 'lab_default', ipam: {} };
		await networkHandlers['network.create'](
			{ type: 'network.create', key: 'default', network, labels: { a: 'b' } },
			run,
		);
		assert.deepEqual(calls, [[network, { a: 'b' }]]);
	});

	test('network.connect finds the container that an earlier step made', async () => {
		const calls: unknown[] = [];
		const engine = { connectNetwork: async (...args: readonly unknown[]) => void calls.push(args) };
		const { run } = stepRun(engine, { results: new Map([[3, { containerId: 'c3' }]]) });
		const endpoint = { network: 'lab_default', aliases: ['web'] };
		const container = { name: 'lab-web-1', createdBy: 3 };
		await networkHandlers['network.connect']({ type: 'network.connect', key: 'default', container, endpoint }, run);
		assert.deepEqual(calls, [['lab_default', 'c3', endpoint]]);
	});

	test('disconnecting what is gone is done', async () => {
		const { run } = stepRun({ disconnectNetwork: answers<void>(gone).next });
		const container = { name: 'lab-web-1', id: 'c' };
		const operation = { type: 'network.disconnect', key: 'default', id: 'n1', container } as const;
		assert.deepEqual(await networkHandlers['network.disconnect'](operation, run), {});
	});

	const taken = new LabcError('ENGINE_CONFLICT', 'cannot create network: network with name lab_default already exists');
	const identity = { 'com.docker.compose.project': 'lab', 'com.docker.compose.config-hash': 'h' };
	for (const [labels, isSame] of [
		[{ ...identity, more: 'x' }, true],
		[{ ...identity, 'com.docker.compose.config-hash': 'other' }, false],
	] as const) {
		test(`a network that is there already is ${isSame ? 'the one that is wanted' : 'refused where it is another'}`, async () => {
			const { run } = stepRun({
				createNetwork: () => Promise.reject(taken),
				listNetworks: async () => [{ id: 'n1', name: 'lab_default', labels }],
			});
			const network = { name: 'lab_default', ipam: {} };
			const operation = { type: 'network.create', key: 'default', network, labels: identity } as const;
			const created = networkHandlers['network.create'](operation, run);
			if (isSame) assert.deepEqual(await created, {});
			else await assert.rejects(created, taken);
		});
	}

	test('connecting what is connected is done, and nothing else that the engine refuses', async () => {
		const words = 'cannot connect: endpoint with name lab-web-1 already exists in network lab_default';
		const refusals = [words, 'cannot connect: no configured subnet contains IP address 10.0.0.1'];
		const connectNetwork = answers<void>(...refusals.map((text) => new LabcError('ENGINE_REFUSED', text))).next;
		const { run } = stepRun({ connectNetwork });
		const endpoint = { network: 'lab_default', aliases: ['web'] };
		const operation = {
			type: 'network.connect',
			key: 'd',
			container: { name: 'lab-web-1', id: '0123abcd' },
			endpoint,
		} as const;
		assert.deepEqual(await networkHandlers['network.connect'](operation, run), {});
		await assert.rejects(networkHandlers['network.connect'](operation, run), /no configured subnet/);
	});
});
