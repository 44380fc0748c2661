import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Resources, usedResources } from '../../../src/loader/used-resources.ts';
import type { Service } from '../../../src/model/service.ts';

const service = (more: Partial<Service> = {}): Service => ({ command: null, entrypoint: null, ...more });

const resources: Resources = {
	networks: new Map([
		['front', { name: 'lab_front', ipam: {} }],
		['back', { name: 'lab_back', ipam: {} }],
	]),
	volumes: new Map([
		['data', { name: 'lab_data' }],
		['cache', { name: 'lab_cache' }],
	]),
	secrets: new Map([
		['token', { name: 'lab_token', file: '/t' }],
		['key', { name: 'lab_key', file: '/k' }],
	]),
	configs: new Map([
		['site', { name: 'lab_site', file: '/s' }],
		['conf', { name: 'lab_conf', file: '/c' }],
	]),
	models: new Map([
		['llm', { model: 'x' }],
		['slm', { model: 'y' }],
	]),
};

const kept = (services: ReadonlyMap<string, Service> | 'all'): string[] =>
	Object.values(usedResources(resources, { services })).flatMap((section) => [...section.keys()]);

const cases: readonly { when: string; service: Service; used: string[] }[] = [
	{ when: 'nothing', service: service(), used: [] },
	{ when: 'a network', service: service({ networks: { front: null } }), used: ['front'] },
	{
		when: 'a volume',
		service: service({ volumes: [{ type: 'volume', source: 'data', target: '/d' }] }),
		used: ['data'],
	},
	{
		when: 'a folder named like a volume',
		service: service({ volumes: [{ type: 'bind', source: 'data', target: '/d' }] }),
		used: [],
	},
	{ when: 'an anonymous volume', service: service({ volumes: [{ type: 'volume', target: '/d' }] }), used: [] },
	{ when: 'a secret', service: service({ secrets: [{ source: 'token' }] }), used: ['token'] },
	{
		when: 'a secret of its build',
		service: service({ build: { context: '/c', secrets: [{ source: 'key' }] } }),
		used: ['key'],
	},
	{ when: 'a config', service: service({ configs: [{ source: 'site' }] }), used: ['site'] },
	{ when: 'a model', service: service({ models: { slm: null } }), used: ['slm'] },
];

describe('the resources that services use', () => {
	for (const { when, service: user, used } of cases) {
		test(`when one uses ${when}`, () => assert.deepEqual(kept(new Map([['a', user]])), used));
	}

	test('two services share one', () => {
		const both = new Map([
			['a', service({ networks: { back: null } })],
			['b', service({ networks: { back: null, front: null } })],
		]);
		assert.deepEqual(kept(both), ['front', 'back']);
	});

	test('all are kept where that is asked for', () => assert.equal(kept('all').length, 10));

	test('builds beside the services bring their secrets along, and nothing else', () => {
		const builds = [{ context: '/', secrets: [{ source: 'key' }] }, { context: '/' }];
		const { secrets, networks } = usedResources(resources, { services: new Map(), builds });
		assert.deepEqual([...secrets.keys(), ...networks.keys()], ['key']);
	});
});
