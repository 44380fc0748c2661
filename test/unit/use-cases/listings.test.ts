import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSummary } from '../../../src/engine/container-api.ts';
import type { ContainerEvent } from '../../../src/engine/system-api.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { label } from '../../../src/state/labels.ts';
import { findPort } from '../../../src/use-cases/find-port.ts';
import { listImages } from '../../../src/use-cases/list-images.ts';
import { listProcesses } from '../../../src/use-cases/list-processes.ts';
import { listProjects } from '../../../src/use-cases/list-projects.ts';
import { listVolumes } from '../../../src/use-cases/list-volumes.ts';
import { measureContainers } from '../../../src/use-cases/measure-containers.ts';
import { type ProjectEvent, tellEvents } from '../../../src/use-cases/tell-events.ts';

/** A container as the engine lists it; `number` undefined makes it a one-off. */
function listed(service: string, number: number | undefined, over: Partial<ContainerSummary> = {}): ContainerSummary {
	const name = `lab-${service}-${number ?? 'run-abc'}`;
	return {
		id: name,
		name,
		image: 'nginx:1.27',
		imageId: 'sha256:web',
		command: '',
		created: 0,
		state: 'running',
		status: '',
		ports: [],
		networks: new Map(),
		mounts: [],
		...over,
		labels: {
			[label.project]: 'lab',
			[label.service]: service,
			[label.configHash]: 'hash',
			[label.configFiles]: '/srv/lab/compose.yaml',
			[label.oneOff]: number === undefined ? 'True' : 'False',
			...(number !== undefined && { [label.number]: String(number) }),
			...over.labels,
		},
	};
}

const engineWith = (...containers: readonly ContainerSummary[]) => ({ listContainers: async () => containers });
const lab = { projectName: 'lab', services: [] };

describe('listProjects', () => {
	const engine = engineWith(
		listed('web', 1),
		listed('web', 2, { state: 'paused' }),
		listed('job', 1, { state: 'exited', labels: { [label.configFiles]: '/srv/lab/compose.yaml,/srv/lab/gpu.yaml' } }),
		listed('x', 1, { state: 'exited', labels: { [label.project]: 'old' } }),
	);
	const cases = [
		{ all: false, names: [], projects: ['lab: paused(1), running(1) /srv/lab/compose.yaml'] },
		{
			all: true,
			names: [],
			projects: [
				'lab: exited(1), paused(1), running(1) /srv/lab/compose.yaml,/srv/lab/gpu.yaml',
				'old: exited(1) /srv/lab/compose.yaml',
			],
		},
		{ all: true, names: [/^o/, /^x/], projects: ['old: exited(1) /srv/lab/compose.yaml'] },
		{ all: true, names: [/^b/], projects: [] },
	];
	for (const { all, names, projects } of cases) {
		test(`gives ${projects.length} projects, all: ${all}, names: ${names.join(', ')}`, async () => {
			const found = await listProjects(engine, { all, names });
			assert.deepEqual(
				found.map(({ name, status, configFiles }) => `${name}: ${status} ${configFiles}`),
				projects,
			);
		});
	}

	test('says so where a container does not tell its files', async () => {
		const { [label.configFiles]: _, ...labels } = listed('web', 1).labels;
		const [project] = await listProjects(engineWith({ ...listed('web', 1), labels }), { all: true, names: [] });
		assert.equal(project?.configFiles, 'N/A');
	});
});

describe('listImages', () => {
	const images = [
		'nginx:1.27',
		'nginx',
		'docker.io/library/redis:7',
		'reg:5000/a/b',
		'reg:5000/a@sha256:ff',
		'sha256:cdef',
	];
	const names = ['nginx:1.27', 'nginx:latest', 'redis:7', 'reg:5000/a/b:latest', 'reg:5000/a:', 'sha256:cdef'];

	test('names images as people write them, and looks each up once', async () => {
		const asked: string[] = [];
		const found = await listImages(
			{
				...engineWith(...images.map((image, index) => listed('web', index + 1, { image }))),
				async describeImage(id) {
					asked.push(id);
					return { id, size: 5, platform: 'linux/arm64/v8', lastTagged: undefined };
				},
			},
			lab,
		);
		assert.deepEqual(asked, ['sha256:web']);
		assert.deepEqual(
			found.map(({ repository, tag }) => `${repository}:${tag}`),
			names,
		);
		assert.equal(found[0]?.platform, 'linux/arm64/v8');
	});

	test('shows a container whose image is gone, and only the services that were named', async () => {
		const engine = { ...engineWith(listed('web', 1), listed('db', 1)), describeImage: async () => undefined };
		assert.deepEqual(await listImages(engine, { ...lab, services: ['db'] }), [
			{
				container: 'lab-db-1',
				repository: 'nginx',
				tag: '1.27',
				id: 'sha256:web',
				size: 0,
				platform: '',
				lastTagged: undefined,
			},
		]);
	});
});

describe('listProcesses', () => {
	const table = { titles: ['PID'], processes: [['1']] };
	const engine = {
		...engineWith(listed('web', 2), listed('web', undefined), listed('job', 1, { state: 'exited' }), listed('gone', 1)),
		async containerProcesses(id: string) {
			if (id.includes('gone')) throw new LabcError('ENGINE_CONFLICT', 'it is not running');
			return table;
		},
	};

	test('asks what runs, one-offs too, and takes it that one may end meanwhile', async () => {
		assert.deepEqual(await listProcesses(engine, lab), [
			{ service: 'web', number: 2, ...table },
			{ service: 'web', number: undefined, ...table },
		]);
	});

	test('passes other failures on', async () => {
		const broken = { ...engine, containerProcesses: () => Promise.reject(new LabcError('ENGINE_REFUSED', 'no ps')) };
		await assert.rejects(listProcesses(broken, lab), { message: 'no ps' });
	});
});

describe('listVolumes', () => {
	const volume = (name: string) => ({ name, labels: {}, driver: 'local', scope: 'local', mountpoint: '' });
	const mounts = [{ type: 'volume', name: 'lab_b', source: '', destination: '/b' }];
	const engine = {
		...engineWith(listed('web', 1, { mounts }), listed('db', 1)),
		describeVolumes: async () => [volume('lab_b'), volume('lab_a')],
	};
	const cases = [
		{ services: [], names: ['lab_a', 'lab_b'] },
		{ services: ['web'], names: ['lab_b'] },
		{ services: ['db'], names: [] },
	];
	for (const { services, names } of cases) {
		test(`gives ${names.join(', ') || 'none'} for ${services.join(', ') || 'the project'}`, async () => {
			const found = await listVolumes(engine, { projectName: 'lab', services });
			assert.deepEqual(
				found.map(({ name }) => name),
				names,
			);
		});
	}
});

describe('findPort', () => {
	const ports = [
		{ ip: '127.0.0.1', privatePort: 80, publicPort: 8080, type: 'tcp' },
		{ ip: '::', privatePort: 53, publicPort: 5353, type: 'udp' },
		{ privatePort: 99, type: 'tcp' },
	];
	const engine = engineWith(listed('web', 1, { ports }), listed('web', 2), listed('job', undefined, { ports }));
	const of = (over: object) =>
		findPort(engine, { projectName: 'lab', service: 'web', port: 80, protocol: 'tcp', ...over });

	test('finds it by number and protocol', async () => {
		assert.deepEqual(await of({}), { ip: '127.0.0.1', port: 8080 });
		assert.deepEqual(await of({ port: 53, protocol: 'udp' }), { ip: '::', port: 5353 });
	});

	const refused = [
		{ when: 'it is not published', over: { port: 99 }, hint: 'Ask for one that it publishes: 80/tcp, 53/udp.' },
		{ when: 'the protocol is another', over: { port: 53 }, hint: 'Ask for one that it publishes: 80/tcp, 53/udp.' },
		{ when: 'nothing is published', over: { index: 2 }, hint: 'Publish it with `ports:` of service `web`.' },
		{ when: 'only a one-off runs', over: { service: 'job' }, hint: 'Start it with `labc compose up -d job`.' },
	];
	for (const { when, over, hint } of refused) {
		test(`refuses where ${when}`, () => assert.rejects(of(over), { hint }));
	}
});

describe('tellEvents', () => {
	test('tells those of the services that were named, without the labels of tools', async () => {
		const event = (service: string): ContainerEvent => ({
			action: 'start',
			containerId: `${service}-id`,
			time: '1.000000000',
			labels: {
				name: `lab-${service}-1`,
				image: 'nginx',
				[label.service]: service,
				[label.fields]: '1:aa command=bb',
				[label.gpuIds]: 'none',
				[label.gpuRole]: 'observer',
			},
		});
		const asked: unknown[] = [];
		const told: ProjectEvent[] = [];
		await tellEvents(
			{
				async containerEvents(labels, _signal, range) {
					asked.push(labels, range);
					return (async function* () {
						yield* [event('web'), event('db')];
					})();
				},
			},
			{
				projectName: 'lab',
				services: ['db'],
				range: { since: '1' },
				signal: new AbortController().signal,
				tell: async (one) => void told.push(one),
			},
		);
		assert.deepEqual(asked, [[`${label.project}=lab`, `${label.oneOff}=False`], { since: '1' }]);
		assert.deepEqual(told, [
			{
				action: 'start',
				containerId: 'db-id',
				time: '1.000000000',
				service: 'db',
				attributes: { image: 'nginx', 'labc.gpu': 'observer', name: 'lab-db-1' },
			},
		]);
	});
});

describe('measureContainers', () => {
	const zeros = { cpuShare: 0, memory: 0, memoryLimit: 0, received: 0, sent: 0, read: 0, written: 0, processes: 0 };
	const engine = {
		...engineWith(listed('web', 1), listed('web', undefined), listed('job', 1, { state: 'exited' }), listed('gone', 1)),
		async containerStats(id: string) {
			if (id.includes('gone')) throw new LabcError('ENGINE_NOT_FOUND', 'no such container');
			return zeros;
		},
	};
	const signal = new AbortController().signal;
	const cases = [
		{ all: false, names: ['lab-web-1'] },
		{ all: true, names: ['lab-job-1', 'lab-web-1', 'lab-web-run-abc'] },
	];
	for (const { all, names } of cases) {
		test(`looks at ${names.join(', ')} where all is ${all}`, async () => {
			const measured = await measureContainers(engine, { ...lab, all, signal });
			assert.deepEqual(
				measured.map(({ name }) => name),
				names,
			);
		});
	}
});
