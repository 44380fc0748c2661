import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { hashNetwork, hashService, hashVolume } from '../../../src/plan/config-hash.ts';

/** Labels that docker compose 2.40.3 wrote for these services, networks and volumes. */
const services: readonly { readonly when: string; readonly service: Service; readonly hash: string }[] = [
	{
		when: 'there is hardly anything',
		service: { command: ['sleep', '300'], entrypoint: null, image: 'labc/busybox', init: true, network_mode: 'none' },
		hash: 'f949f694d375b5843da9ec75192cc471fafe3c7dad6788ef501e1bac39816c02',
	},
	{
		when: 'keys come in any order, values hold <, & and >, and dependencies do not count',
		service: {
			volumes: [
				{ target: '/data', source: 'data', type: 'volume', volume: {} },
				{ type: 'volume', target: '/anon', volume: {} },
				{ bind: { create_host_path: true }, target: '/x', source: '/tmp/plan1/x', type: 'bind' },
			],
			stop_grace_period: '1s',
			ports: [{ protocol: 'tcp', published: '18480-18485', target: 80, host_ip: '127.0.0.1', mode: 'ingress' }],
			networks: { default: { priority: 1 }, back: { aliases: ['zz'] } },
			labels: { foo: 'bar' },
			init: true,
			image: 'labc/busybox',
			healthcheck: { interval: '1s', test: ['CMD', 'true'] },
			environment: { LR: '0.1', HTML: '<&>$x' },
			entrypoint: null,
			deploy: { placement: {}, resources: {}, replicas: 2 },
			command: ['sleep', '300'],
			build: { context: '/nowhere' },
			depends_on: { other: { condition: 'service_started', required: true } },
			profiles: ['x'],
			pull_policy: 'always',
			scale: 7,
		},
		hash: '13988376b9168618cd64fb595f1ea69decef0c2dc8986798f1e2a5e837054581',
	},
];

describe('hashService', () => {
	for (const { when, service, hash } of services) {
		test(`is docker compose's when ${when}`, () => assert.equal(hashService(service), hash));
	}

	const base: Service = { command: null, entrypoint: null, image: 'app' };
	const changes: readonly Partial<Service>[] = [
		{ image: 'other' },
		{ command: [] },
		{ environment: { A: null } },
		{ environment: { A: '' } },
		{ labels: { a: 'b' } },
		{ deploy: { resources: {}, placement: {} } },
		{ volumes: [{ type: 'volume', target: '/a' }] },
		{ ulimits: { nofile: 1 } },
	];
	test('differs with every attribute that counts', () => {
		const hashes = [base, ...changes.map((change) => ({ ...base, ...change }))].map(hashService);
		assert.equal(new Set(hashes).size, hashes.length);
	});

	test('puts keys that look like numbers in the order of their text', () => {
		const [forth, back] = [
			{ '9': 'b', '10': 'a' },
			{ '10': 'a', '9': 'b' },
		];
		assert.equal(hashService({ ...base, environment: forth }), hashService({ ...base, environment: back }));
	});
});

const networks = [
	{
		when: 'it is the default network',
		network: { name: 'planexp_default', ipam: {} },
		hash: '249a3cecbc9733f211450b0baf209954d28d63f686265c9d7fb7f2920630476f',
	},
	{
		when: 'it is internal and labelled',
		network: { labels: { u: 'v' }, internal: true as const, ipam: {}, name: 'planexp_back' },
		hash: '5cbb5f095ddd038de97a110cacb85980614fd74d8128bca73c2b228afffd0337',
	},
];

describe('hashNetwork', () => {
	for (const { when, network, hash } of networks) {
		test(`is docker compose's when ${when}`, () => assert.equal(hashNetwork(network), hash));
	}
});

describe('hashVolume', () => {
	const hash = '2b0088c50bd4649c9a1d3995160fccdc952b3b8bd2fb61b8774705f637c65004';
	test("is docker compose's, with the default driver filled in", () => {
		assert.equal(hashVolume({ name: 'planexp_data', labels: { q: 'z' } }), hash);
		assert.equal(hashVolume({ name: 'planexp_data', labels: { q: 'z' }, driver: 'local' }), hash);
	});
	test('differs with the driver', () => assert.notEqual(hashVolume({ name: 'planexp_data', driver: 'nfs' }), hash));
});
