import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails, ContainerSummary } from '../../../src/engine/container-api.ts';
import type { GpuProcess } from '../../../src/gpu/inventory.ts';
import { listGpus } from '../../../src/use-cases/list-gpus.ts';
import { box, gib, gpu, uuid } from '../../support/gpu-cases.ts';

const id = 'c'.repeat(64);

const summary: ContainerSummary = {
	id,
	name: 'lab-t-1',
	image: '',
	imageId: '',
	command: '',
	created: 50,
	state: 'running',
	status: '',
	labels: {},
	ports: [],
	networks: new Map(),
	mounts: [],
};

const asking = (requests: readonly unknown[]): ContainerDetails => ({
	id,
	name: 'lab-t-1',
	state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' },
	config: {},
	hostConfig: { DeviceRequests: requests },
	endpoints: {},
	tty: false,
	mounts: [],
});

const process = (pid: number, given: Partial<GpuProcess> = {}): GpuProcess => ({
	pid,
	program: 'python',
	memory: gib,
	...given,
});

const nobody = async () => ({ reserved: async () => [] });

/** Who has the only GPU, where one container asks for `requests`. */
async function holdersOf(requests: readonly unknown[], ...processes: readonly GpuProcess[]) {
	const engine = { listContainers: async () => [summary], inspectContainer: async () => asking(requests) };
	const tools = { look: async () => box([gpu(0, { processes })]), busyBytes: gib, queue: nobody };
	const found = await listGpus(engine, tools);
	assert.ok(typeof found !== 'string');
	assert.deepEqual(
		found.map(({ unit }) => unit.id),
		[uuid(0)],
	);
	return found.flatMap(({ holders }) =>
		holders.map(({ name, user, memoryUsed }) => [name, user, memoryUsed === undefined ? undefined : memoryUsed / gib]),
	);
}

const one = [{ Driver: '', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: null }];

describe('listGpus', () => {
	test('adds up the memory of a container’s processes and takes its user from them', async () => {
		const processes = [process(7, { containerId: id, user: 'ann' }), process(8, { containerId: id, user: 'root' })];
		assert.deepEqual(await holdersOf(one, ...processes), [['lab-t-1', 'ann', 2]]);
	});

	test('does not take root, whom everybody is inside of containers, for a user', async () => {
		assert.deepEqual(await holdersOf(one, process(7, { containerId: id, user: 'root' })), [['lab-t-1', undefined, 1]]);
	});

	test('says nothing of memory where no process is seen', async () => {
		assert.deepEqual(await holdersOf(one), [['lab-t-1', undefined, undefined]]);
	});

	test('tells apart two processes of the host', async () => {
		const processes = [process(7, { user: 'ann' }), process(8, { user: 'ben', memory: 2 * gib })];
		assert.deepEqual(await holdersOf([], ...processes), [
			['python (process 7)', 'ann', 1],
			['python (process 8)', 'ben', 2],
		]);
	});

	test('names the container of a process that asked for no GPU, as a privileged one needs not', async () => {
		assert.deepEqual(await holdersOf([], process(7, { containerId: id })), [
			['python (process 7 in container cccccccccccc)', undefined, 1],
		]);
	});

	test('passes on that there is nothing, or nothing that tells', async () => {
		const engine = { listContainers: async () => [], inspectContainer: async () => asking([]) };
		for (const answer of ['none', 'unknown'] as const) {
			assert.equal(await listGpus(engine, { look: async () => answer, busyBytes: 0, queue: nobody }), answer);
		}
	});
});
