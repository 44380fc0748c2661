import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState, ContainerSummary } from '../../../src/engine/container-api.ts';
import { label } from '../../../src/state/labels.ts';
import { type ListRequest, listContainers } from '../../../src/use-cases/list-containers.ts';

const container = (name: string, state: ContainerState, oneOff = false): ContainerSummary => ({
	id: name,
	name,
	image: 'image',
	imageId: 'sha256:1',
	command: 'run',
	created: 0,
	state,
	status: state,
	labels: {
		[label.project]: 'lab',
		[label.service]: name.split('-')[0] ?? '',
		[label.configHash]: 'hash',
		[label.oneOff]: oneOff ? 'True' : 'False',
	},
	ports: [],
	networks: new Map(),
	mounts: [],
});

const all = [
	container('web-2', 'running'),
	container('web-1', 'running'),
	container('db-1', 'paused'),
	container('job-1', 'exited'),
	container('loop-1', 'restarting'),
	container('new-1', 'created'),
	container('job-run-a', 'running', true),
	container('job-run-b', 'exited', true),
];

async function list(request: Partial<ListRequest>) {
	const asked: (readonly string[])[] = [];
	const engine = {
		async listContainers(labels: readonly string[]) {
			asked.push(labels);
			return all;
		},
	};
	const found = await listContainers(engine, { projectName: 'lab', services: [], all: false, states: [], ...request });
	return { names: found.map(({ name }) => name), asked };
}

const cases: readonly { when: string; request: Partial<ListRequest>; names: readonly string[] }[] = [
	{ when: 'nothing is asked', request: {}, names: ['db-1', 'loop-1', 'web-1', 'web-2'] },
	{
		when: 'all are asked for',
		request: { all: true },
		names: ['db-1', 'job-1', 'job-run-a', 'job-run-b', 'loop-1', 'new-1', 'web-1', 'web-2'],
	},
	{ when: 'a service is named', request: { services: ['web'] }, names: ['web-1', 'web-2'] },
	{ when: 'a service without running containers is named', request: { services: ['job'] }, names: [] },
	{ when: 'a state is named', request: { states: ['exited'] }, names: ['job-1'] },
	{ when: 'two states are named', request: { states: ['exited', 'created'] }, names: ['job-1', 'new-1'] },
	{
		when: 'a state is named and all are asked for',
		request: { states: ['exited'], all: true },
		names: ['job-1', 'job-run-b'],
	},
];

describe('listContainers', () => {
	for (const { when, request, names } of cases) {
		test(`when ${when}`, async () => assert.deepEqual((await list(request)).names, names));
	}

	test('asks the engine once', async () => {
		assert.deepEqual((await list({ all: true })).asked, [['com.docker.compose.project=lab', label.configHash]]);
	});
});
