import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containerLabels, imageLabels, resourceLabels } from '../../../src/state/labels.ts';

const project = { name: 'lab', workingDir: '/lab', configFiles: ['/lab/a.yml', '/lab/b.yml'], environmentFiles: [] };
const identity = {
	service: 'web',
	configHash: 'h',
	version: '2.40.3',
	imageId: 'sha256:i',
	dependencies: ['db:service_healthy:true', 'q:service_started:false'],
};

describe('containerLabels', () => {
	test("are docker compose's, under the ones the file declares", () => {
		const labels = containerLabels(
			project,
			{ ...identity, replica: { number: 2 } },
			{ team: 'nlp', 'com.docker.compose.service': 'forged' },
		);
		assert.deepEqual(labels, {
			team: 'nlp',
			'com.docker.compose.project': 'lab',
			'com.docker.compose.service': 'web',
			'com.docker.compose.version': '2.40.3',
			'com.docker.compose.config-hash': 'h',
			'com.docker.compose.image': 'sha256:i',
			'com.docker.compose.depends_on': 'db:service_healthy:true,q:service_started:false',
			'com.docker.compose.project.working_dir': '/lab',
			'com.docker.compose.project.config_files': '/lab/a.yml,/lab/b.yml',
			'com.docker.compose.oneoff': 'False',
			'com.docker.compose.container-number': '2',
		});
	});

	test('a replacement names what it replaces', () => {
		const labels = containerLabels(project, { ...identity, replica: { number: 2, replaces: 'web-2' } });
		assert.equal(labels['com.docker.compose.replace'], 'web-2');
	});

	test('a one-off has a slug and no number', () => {
		const labels = containerLabels(project, { ...identity, replica: { slug: 'abc' } });
		assert.equal(labels['com.docker.compose.oneoff'], 'True');
		assert.equal(labels['com.docker.compose.slug'], 'abc');
		assert.equal('com.docker.compose.container-number' in labels, false);
	});

	test('environment files stand there only where the command named some', () => {
		const labels = containerLabels(
			{ ...project, environmentFiles: ['/a.env', '/b.env'] },
			{ ...identity, replica: { number: 1 } },
		);
		assert.equal(labels['com.docker.compose.project.environment_file'], '/a.env,/b.env');
	});
});

describe('resourceLabels', () => {
	for (const kind of ['network', 'volume'] as const) {
		test(`a ${kind} names its key`, () => {
			assert.deepEqual(resourceLabels(kind, { project: 'lab', key: 'k', configHash: 'h' }, { a: 'b' }), {
				a: 'b',
				'com.docker.compose.project': 'lab',
				[`com.docker.compose.${kind}`]: 'k',
				'com.docker.compose.version': '2.40.3',
				'com.docker.compose.config-hash': 'h',
			});
		});
	}
});

test('imageLabels name project and service', () => {
	assert.deepEqual(imageLabels('lab', 'web'), {
		'com.docker.compose.project': 'lab',
		'com.docker.compose.service': 'web',
		'com.docker.compose.version': '2.40.3',
	});
});
