import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../src/document/node.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { normalise } from '../../../src/loader/normalise.ts';
import { parsedOne } from '../../support/load-text.ts';

const variables = new Map([
	['SET', 'value'],
	['EMPTY', ''],
]);

const normalised = (text: string): Record<string, unknown> =>
	toPlain(normalise(parsedOne(text) as MappingNode, 'lab', variables)) as Record<string, unknown>;

const service = (text: string): Record<string, unknown> => {
	const { services } = normalised(`services: {a: {image: x, ${text}}}`);
	return (services as { a: Record<string, unknown> }).a;
};

describe('what a service leaves unsaid', () => {
	const cases: readonly { when: string; text: string; attribute: string; value: unknown }[] = [
		{ when: 'no network', text: 'hostname: h', attribute: 'networks', value: { default: null } },
		{ when: 'null networks', text: 'networks: ', attribute: 'networks', value: { default: null } },
		{ when: 'empty networks', text: 'networks: {}', attribute: 'networks', value: { default: null } },
		{ when: 'networks', text: 'networks: {n: }', attribute: 'networks', value: { n: null } },
		{ when: 'a network mode', text: 'network_mode: host', attribute: 'networks', value: undefined },
		{
			when: 'a build',
			text: 'build: {context: .}',
			attribute: 'build',
			value: { context: '.', dockerfile: 'Dockerfile' },
		},
		{
			when: 'a build with its Dockerfile in line',
			text: 'build: {context: ., dockerfile_inline: FROM x}',
			attribute: 'build',
			value: { context: '.', dockerfile_inline: 'FROM x' },
		},
		{
			when: 'a build with a Dockerfile',
			text: 'build: {context: ., dockerfile: D}',
			attribute: 'build',
			value: { context: '.', dockerfile: 'D' },
		},
		{ when: 'an old pull policy', text: 'pull_policy: if_not_present', attribute: 'pull_policy', value: 'missing' },
		{ when: 'a pull policy', text: 'pull_policy: always', attribute: 'pull_policy', value: 'always' },
		{
			when: 'bare names in a list',
			text: 'environment: [SET, GONE, OWN=x]',
			attribute: 'environment',
			value: ['SET=value', 'GONE', 'OWN=x'],
		},
		{
			when: 'bare names in a list of arguments',
			text: 'build: {context: ., args: [SET, GONE, OWN=x]}',
			attribute: 'build',
			value: { context: '.', args: ['SET=value', 'OWN=x'], dockerfile: 'Dockerfile' },
		},
		{
			when: 'bare names in an environment',
			text: 'environment: {SET: , EMPTY: , GONE: , OWN: x}',
			attribute: 'environment',
			value: { SET: 'value', EMPTY: '', GONE: null, OWN: 'x' },
		},
		{
			when: 'bare names in build arguments',
			text: 'build: {context: ., args: {SET: , GONE: , OWN: x}}',
			attribute: 'build',
			value: { context: '.', args: { SET: 'value', OWN: 'x' }, dockerfile: 'Dockerfile' },
		},
	];
	for (const { when, text, attribute, value } of cases) {
		test(`with ${when}`, () => assert.deepEqual(service(text)[attribute], value));
	}
});

describe('what a project leaves unsaid', () => {
	const names: readonly [resource: string, name: string][] = [
		['{}', 'lab_r'],
		['', 'lab_r'],
		['{name: own}', 'own'],
		['{name: ""}', ''],
		['{external: true, name: ""}', ''],
		['{external: true}', 'r'],
		['{external: true, name: own}', 'own'],
		['{external: false}', 'lab_r'],
	];
	for (const section of ['networks', 'volumes', 'secrets', 'configs']) {
		for (const [resource, name] of names) {
			test(`${section} ${resource || 'null'} is called ${name || 'nothing'}`, () => {
				const resources = normalised(`services: {}\n${section}: {r: ${resource}}`)[section];
				assert.equal((resources as { r: { name: string } }).r.name, name);
			});
		}
	}

	const networks: readonly { when: string; text: string; names: string[] }[] = [
		{ when: 'a service is on it', text: 'services: {a: {image: x}}', names: ['default'] },
		{ when: 'no service is on it', text: 'services: {a: {image: x, network_mode: none}}', names: [] },
		{
			when: 'the services are on others',
			text: 'services: {a: {image: x, networks: {n: }}}\nnetworks: {n: {}}',
			names: ['n'],
		},
		{
			when: 'a service is on it by name',
			text: 'services: {a: {image: x, networks: {n: , default: }}}\nnetworks: {n: {}}',
			names: ['n', 'default'],
		},
		{
			when: 'it is declared',
			text: 'services: {a: {image: x}}\nnetworks: {default: {driver: d}}',
			names: ['default'],
		},
	];
	for (const { when, text, names: expected } of networks) {
		test(`the default network, when ${when}`, () => {
			assert.deepEqual(Object.keys(normalised(text)['networks'] ?? {}), expected);
		});
	}

	test('a declared default network keeps its settings', () => {
		assert.deepEqual(normalised('services: {a: {image: x}}\nnetworks: {default: {driver: d}}')['networks'], {
			default: { driver: 'd', name: 'lab_default' },
		});
	});

	test('the project has its name', () => assert.equal(normalised('services: {}\nname: other')['name'], 'lab'));
});
