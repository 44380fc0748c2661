import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashService } from '../../../src/plan/config-hash.ts';
import { replicaSpec } from '../../../src/plan/container-spec.ts';
import { label } from '../../../src/state/labels.ts';
import { container, image, imageId, needs, project, service, state } from '../../support/plan-cases.ts';

const web = service({
	labels: { team: 'nlp' },
	depends_on: { db: needs('service_healthy', { restart: true }) },
	networks: {
		back: { aliases: ['api'], ipv4_address: '10.0.0.5', ipv6_address: 'fd00::5', mac_address: '02:42:ac:11:00:05' },
		alpha: null,
		front: { priority: 10 },
	},
	volumes: [
		{ type: 'volume', source: 'data', target: '/data' },
		{ type: 'volume', target: '/scratch' },
		{ type: 'bind', source: '/host', target: '/host' },
	],
});
const lab = project({
	services: { web, db: service() },
	networks: {
		back: { name: 'lab_back', ipam: {} },
		front: { name: 'edge', ipam: {} },
		alpha: { name: 'lab_alpha', ipam: {} },
	},
	volumes: { data: { name: 'lab_data' } },
});
const found = state({ images: { app: image({ volumes: ['/cache', '/data'] }) } });

describe('replicaSpec', () => {
	const spec = replicaSpec({ name: 'web', service: web, number: 2, hashForm: '2' }, lab, found);

	test('names, image and volumes', () => {
		assert.equal(spec.name, 'lab-web-2');
		assert.equal(spec.image, 'app');
		assert.equal(spec.networkMode, undefined);
		assert.deepEqual(spec.volumeNames, new Map([['data', 'lab_data']]));
		assert.deepEqual(spec.inheritedVolumes, new Map());
	});

	test('labels identify it', () => {
		assert.deepEqual(
			[label.configHash, label.image, label.number, label.dependsOn, label.replace, 'team'].map(
				(key) => spec.labels[key],
			),
			[hashService(web), imageId, '2', 'db:service_healthy:true', undefined, 'nlp'],
		);
	});

	test('endpoints come by priority, then by key, each under the container’s, the service’s and its own names', () => {
		assert.deepEqual(spec.networks, [
			{ network: 'edge', isConfigured: true, aliases: ['lab-web-2', 'web'] },
			{ network: 'lab_alpha', aliases: ['lab-web-2', 'web'] },
			{
				network: 'lab_back',
				isConfigured: true,
				aliases: ['lab-web-2', 'web', 'api'],
				ipv4Address: '10.0.0.5',
				ipv6Address: 'fd00::5',
				macAddress: '02:42:ac:11:00:05',
			},
		]);
	});

	test('a replacement has a name of its own, tells what it replaces, and keeps anonymous volumes', () => {
		const replaces = container(lab, {
			service: 'web',
			mounts: [
				{ type: 'volume', name: 'v1', source: '', destination: '/scratch' },
				{ type: 'volume', name: 'v2', source: '', destination: '/cache' },
				{ type: 'volume', name: 'lab_data', source: '', destination: '/data' },
				{ type: 'volume', name: 'v3', source: '', destination: '/elsewhere' },
				{ type: 'tmpfs', source: '', destination: '/scratch' },
				{ type: 'bind', source: '/host', destination: '/host' },
			],
		});
		const replacement = replicaSpec({ name: 'web', service: web, number: 2, replaces, hashForm: '2' }, lab, found);
		assert.equal(replacement.name, `${replaces.id.slice(0, 12)}_lab-web-2`);
		assert.equal(replacement.labels[label.replace], 'web-2');
		const ofOld = { ...lab, separator: '_' } as const;
		const request = { name: 'web', service: web, number: 2, replaces, hashForm: '2' } as const;
		assert.equal(replicaSpec(request, ofOld, found).labels[label.replace], 'web_2');
		assert.deepEqual(replacement.networks, spec.networks);
		assert.deepEqual(
			replacement.inheritedVolumes,
			new Map([
				['/scratch', 'v1'],
				['/cache', 'v2'],
			]),
		);
		const renewed = replicaSpec(
			{ name: 'web', service: web, number: 2, replaces, renewAnonymousVolumes: true, hashForm: '2' },
			lab,
			found,
		);
		assert.deepEqual(renewed.inheritedVolumes, new Map());
	});

	const modes = [
		{ when: 'the file names a mode', service: service({ networks: {}, network_mode: 'host' }), is: 'host' },
		{ when: 'there is no network at all', service: service({ networks: {} }), is: 'none' },
	];
	for (const { when, service: declared, is } of modes) {
		test(`the network mode when ${when}`, () => {
			const made = replicaSpec({ name: 'web', service: declared, number: 1, hashForm: '2' }, lab, found);
			assert.equal(made.networkMode, is);
			assert.deepEqual(made.networks, []);
		});
	}
});
