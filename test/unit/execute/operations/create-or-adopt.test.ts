import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerSummary } from '../../../../src/engine/container-api.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { createOrAdopt } from '../../../../src/execute/operations/create-or-adopt.ts';
import { spec } from '../steps.ts';
import { stepRun } from './step-runs.ts';

const conflict = new LabcError('ENGINE_CONFLICT', 'the container name "/lab-web-1" is already in use');

const holder = (labels: Readonly<Record<string, string>>, name = 'lab-web-1'): ContainerSummary => ({
	id: 'there',
	name,
	image: '',
	imageId: '',
	command: '',
	created: 0,
	state: 'created',
	status: '',
	labels,
	ports: [],
	networks: new Map(),
	mounts: [],
});

const conflicting = (...containers: readonly ContainerSummary[]) =>
	stepRun({
		createContainer: () => Promise.reject(conflict),
		listContainers: async () => containers,
	});

describe('createOrAdopt', () => {
	test('gives the id of the container it made, and passes on what the engine warns of', async () => {
		const { run, told } = stepRun({
			createContainer: async () => ({ id: 'new', warnings: ['no swap limit'] }),
		});
		assert.equal(await createOrAdopt(spec(), run), 'new');
		assert.deepEqual(told, [{ type: 'warning', message: 'container lab-web-1: no swap limit' }]);
	});

	test('a container that a cut-off run made is adopted', async () => {
		const { run } = conflicting(holder({}, 'other'), holder({ ...spec().labels, extra: 'label' }));
		assert.equal(await createOrAdopt(spec(), run), 'there');
	});

	const others: readonly { when: string; labels: Readonly<Record<string, string>>; message: RegExp }[] = [
		{
			when: 'another project owns the name',
			labels: { ...spec().labels, 'com.docker.compose.project': 'theirs' },
			message: /`lab-web-1` is already in use by a container of project `theirs`/,
		},
		{ when: 'no project owns it', labels: {}, message: /already in use by a container which no Compose project made/ },
		{
			when: 'it is ours and of another configuration',
			labels: { ...spec().labels, 'com.docker.compose.config-hash': 'beef' },
			message: /of project `lab`/,
		},
		{
			when: 'it is ours and made from another image',
			labels: { ...spec().labels, 'com.docker.compose.image': 'sha256:beef' },
			message: /of project `lab`/,
		},
		{
			when: 'it is ours and held other secrets when it was made',
			labels: { ...spec().labels, 'labc.contents': 'token=beef' },
			message: /of project `lab`/,
		},
	];
	for (const { when, labels, message } of others) {
		test(`refuses when ${when}`, async () => {
			const { run } = conflicting(holder(labels));
			await assert.rejects(createOrAdopt(spec(), run), { code: 'ENGINE_CONFLICT', message });
		});
	}

	test('a conflict about something else is told in the engine’s words', async () => {
		const { run } = conflicting();
		await assert.rejects(createOrAdopt(spec(), run), conflict);
	});

	test('other failures do not ask who holds the name', async () => {
		const missing = new LabcError('IMAGE_UNAVAILABLE', 'no such image');
		const { run } = stepRun({ createContainer: () => Promise.reject(missing) });
		await assert.rejects(createOrAdopt(spec(), run), missing);
	});
});
