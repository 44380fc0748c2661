import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSummary } from '../../../src/engine/container-api.ts';
import type { NetworkSummary } from '../../../src/engine/network-api.ts';
import type { VolumeSummary } from '../../../src/engine/volume-api.ts';
import type { LabcSettings } from '../../../src/model/project.ts';
import { observe, observeByName, observeDetails, observeImages, readContainer } from '../../../src/state/observe.ts';
import { engine as engineFacts } from '../../support/doctor-facts.ts';
import { image, project, service } from '../../support/plan-cases.ts';

const summary = (name: string, labels: Readonly<Record<string, string>>, status = 'Up 1 second'): ContainerSummary => ({
	id: `id of ${name}`,
	name,
	image: 'app',
	imageId: 'sha256:a',
	command: '',
	created: 1,
	state: 'running',
	status,
	labels,
	ports: [],
	networks: new Map(),
	mounts: [],
});

const network = (id: string, name: string, labels: NetworkSummary['labels'] = {}): NetworkSummary => ({
	id,
	name,
	labels,
});

interface Held {
	readonly containers?: readonly ContainerSummary[];
	readonly networks?: readonly NetworkSummary[];
	readonly volumes?: readonly VolumeSummary[];
}

/** Answers what it holds and keeps what it was asked; an answer comes only when all questions were asked. */
function engineWith({ containers = [], networks = [], volumes = [] }: Held) {
	const asked: string[] = [];
	const answer = async <T>(question: string, value: T): Promise<T> => {
		asked.push(question);
		await new Promise((resolve) => setImmediate(resolve));
		return value;
	};
	return {
		asked,
		listContainers: (labels: readonly string[]) => answer(`containers ${labels.join(' ')}`, containers),
		listNetworks: ({ labels }: { labels?: readonly string[] }) =>
			answer(`networks ${(labels ?? ['all']).join(' ')}`, networks),
		listVolumes: ({ labels }: { labels?: readonly string[] }) =>
			answer(`volumes ${(labels ?? ['all']).join(' ')}`, volumes),
		findImage: (reference: string) => answer(`image ${reference}`, reference === 'app' ? image() : undefined),
		machine: () => answer('machine', { ...engineFacts().machine, memory: 4096 }),
	};
}

const { image: _image, ...unnamed } = service();
const lab = project({
	services: { a: service(), b: service(), built: { ...unnamed, build: { context: '/b' } } },
	volumes: { data: { name: 'lab_data' } },
});

describe('observe', () => {
	test('asks for everything once and at the same time', async () => {
		const engine = engineWith({});
		const done = observe(engine, lab);
		assert.deepEqual(engine.asked.toSorted(), [
			'containers com.docker.compose.project=lab com.docker.compose.config-hash',
			'image app',
			'image lab-built',
			'networks all',
			'volumes all',
		]);
		const state = await done;
		assert.deepEqual([...state.images.keys()], ['app']);
	});

	test('does not ask for volumes where the project declares none', async () => {
		const engine = engineWith({ volumes: [{ name: 'lab_old', labels: { 'com.docker.compose.project': 'lab' } }] });
		const { volumes } = await observe(engine, { ...lab, volumes: new Map() });
		assert.deepEqual([...volumes.keys()], []);
		assert.ok(!engine.asked.some((question) => question.startsWith('volumes')));
	});

	const sized: Readonly<Record<string, LabcSettings>> = {
		project: { project: { shm: 'auto' }, services: new Map() },
		service: { project: {}, services: new Map([['a', { shm: 'auto' }]]) },
	};
	for (const [where, labc] of Object.entries(sized)) {
		test(`asks for the machine where a ${where} is sized by it, and only there`, async () => {
			const engine = engineWith({});
			assert.equal((await observe(engine, { ...lab, labc })).machineMemory, 4096);
			assert.ok(engine.asked.includes('machine'));
			assert.equal('machineMemory' in (await observe(engineWith({}), lab)), false);
		});
	}

	test('takes the containers that were listed already', async () => {
		const engine = engineWith({});
		const { containers } = await observe(engine, lab, Promise.resolve([readContainer(summary('lab-a-1', {}))]));
		assert.deepEqual(
			containers.map(({ name }) => name),
			['lab-a-1'],
		);
		assert.ok(!engine.asked.some((question) => question.startsWith('containers')));
	});

	test('reads the labels and words of containers, sorts them by name and keeps which is newer', async () => {
		const engine = engineWith({
			containers: [
				summary(
					'lab-b-1',
					{
						'com.docker.compose.service': 'b',
						'com.docker.compose.container-number': '1',
						'com.docker.compose.config-hash': 'h',
						'com.docker.compose.oneoff': 'False',
					},
					'Up 1 second (healthy)',
				),
				summary('lab-a-run-1', { 'com.docker.compose.service': 'a', 'com.docker.compose.oneoff': 'True' }),
			],
		});
		const { containers } = await observe(engine, lab);
		assert.deepEqual(
			containers.map(({ name, service: of, number, oneOff, configHash, health, newer }) => ({
				newer,
				name,
				of,
				number,
				oneOff,
				configHash,
				health,
			})),
			[
				{ newer: 1, name: 'lab-a-run-1', of: 'a', number: undefined, oneOff: true, configHash: '', health: undefined },
				{ newer: 0, name: 'lab-b-1', of: 'b', number: 1, oneOff: false, configHash: 'h', health: 'healthy' },
			],
		);
	});

	test('a network found by label and by name is there once; a name that only begins alike is not meant', async () => {
		const engine = engineWith({
			networks: [
				network('1', 'lab_default'),
				network('2', 'lab_old', { 'com.docker.compose.project': 'lab' }),
				network('3', 'lab_default_2', { 'com.docker.compose.project': 'lab_default_2' }),
				network('4', 'lab_default'),
			],
			volumes: [
				{ name: 'lab_data', labels: {} },
				{ name: 'lab_data2', labels: {} },
			],
		});
		const { networks, volumes } = await observe(engine, lab);
		assert.deepEqual(
			[...networks].map(([name, found]) => [name, found.map(({ id }) => id)]),
			[
				['lab_default', ['1', '4']],
				['lab_old', ['2']],
			],
		);
		assert.deepEqual([...volumes.keys()], ['lab_data']);
	});
});

test('a network may be named by its id', async () => {
	const id = 'f'.repeat(64);
	const byId = project({ services: {}, networks: { outside: { name: id, external: true, ipam: {} } } });
	const { networks } = await observe(engineWith({ networks: [network(id, 'theirs'), network('2', 'other')] }), byId);
	assert.deepEqual([...networks.keys()], [id]);
});

test('observeByName asks by label only', async () => {
	const engine = engineWith({});
	await observeByName(engine, 'lab');
	assert.equal(engine.asked.length, 3);
	assert.ok(engine.asked.every((question) => question.includes('com.docker.compose.project=lab')));
});

test('observeImages asks for each reference once', async () => {
	const engine = engineWith({});
	await observeImages(engine, lab);
	assert.deepEqual(engine.asked, ['image app', 'image lab-built']);
});

test('observeDetails inspects only the containers it is told to', async () => {
	const state = await observe(engineWith({ containers: [summary('x', {}), summary('y', {})] }), lab);
	const details = {
		id: 'id of x',
		name: 'x',
		state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' } as const,
		config: {},
		hostConfig: {},
		endpoints: {},
		tty: false,
		mounts: [],
	};
	const inspected: string[] = [];
	const engine = {
		inspectContainer: async (id: string) => {
			inspected.push(id);
			return details;
		},
	};
	const seen = await observeDetails(engine, state, new Set(['id of x']));
	assert.deepEqual(inspected, ['id of x']);
	assert.deepEqual(
		seen.containers.map((one) => one.details),
		[details, undefined],
	);
});
