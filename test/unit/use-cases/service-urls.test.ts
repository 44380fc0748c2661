import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState, PublishedPort } from '../../../src/engine/container-api.ts';
import { serviceUrls } from '../../../src/use-cases/service-urls.ts';

const port = (ip: string, publicPort: number, privatePort: number, type = 'tcp'): PublishedPort => ({
	...{ ip, publicPort, privatePort, type },
});

const cases: readonly {
	when: string;
	ports: readonly PublishedPort[];
	state?: ContainerState;
	host?: string;
	urls: readonly string[];
}[] = [
	{
		when: 'a web port is published on loopback',
		ports: [port('127.0.0.1', 8889, 8888)],
		urls: ['http://127.0.0.1:8889'],
	},
	{ when: 'on every interface', ports: [port('0.0.0.0', 6006, 6006)], urls: ['http://127.0.0.1:6006'] },
	{ when: 'for both families', ports: [port('0.0.0.0', 80, 80), port('::', 80, 80)], urls: ['http://127.0.0.1'] },
	{ when: 'on the other loopback', ports: [port('::1', 8080, 8080)], urls: ['http://[::1]:8080'] },
	{ when: 'on one address', ports: [port('192.168.1.5', 8080, 8080)], urls: ['http://192.168.1.5:8080'] },
	{ when: 'on one IPv6 address', ports: [port('fd00::5', 8080, 8080)], urls: ['http://[fd00::5]:8080'] },
	{
		when: 'the port speaks TLS',
		ports: [port('0.0.0.0', 443, 443), port('', 9443, 8443)],
		urls: ['https://127.0.0.1', 'https://127.0.0.1:9443'],
	},
	{
		when: 'the engine is elsewhere',
		host: 'gpu.lab',
		ports: [port('0.0.0.0', 8888, 8888)],
		urls: ['http://gpu.lab:8888'],
	},
	{
		when: 'it is published on the loopback of an engine elsewhere',
		host: '10.0.0.9',
		ports: [port('127.0.0.1', 8888, 8888)],
		urls: ['http://10.0.0.9:8888'],
	},
	{
		when: 'on one address of an engine elsewhere',
		host: 'gpu.lab',
		ports: [port('10.1.1.1', 8888, 8888)],
		urls: ['http://10.1.1.1:8888'],
	},
	{
		when: 'the engine has an IPv6 address',
		host: 'fd00::9',
		ports: [port('0.0.0.0', 8888, 8888)],
		urls: ['http://[fd00::9]:8888'],
	},
	{ when: 'the port is no web port', ports: [port('0.0.0.0', 1022, 22), port('0.0.0.0', 8080, 5432)], urls: [] },
	{ when: 'the port is not TCP', ports: [port('0.0.0.0', 443, 443, 'udp')], urls: [] },
	{ when: 'the port is not published', ports: [{ privatePort: 8080, type: 'tcp' }], urls: [] },
	{ when: 'the container does not run', state: 'exited', ports: [port('0.0.0.0', 80, 80)], urls: [] },
	{
		when: 'there are two web ports',
		ports: [port('', 2, 8001), port('', 1, 8000)],
		urls: ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
	},
];

describe('serviceUrls', () => {
	for (const { when, ports, state = 'running', host, urls } of cases) {
		test(`when ${when}`, () => {
			const found = serviceUrls([{ service: 'web', state, ports }], host);
			assert.deepEqual(
				found,
				urls.map((url) => ({ service: 'web', url })),
			);
		});
	}

	test('names the service of each', () => {
		const found = serviceUrls(
			[
				{ service: 'jupyter', state: 'running', ports: [port('', 1, 8888)] },
				{ service: 'board', state: 'running', ports: [port('', 2, 6006)] },
			],
			undefined,
		);
		assert.deepEqual(
			found.map(({ service }) => service),
			['jupyter', 'board'],
		);
	});
});
