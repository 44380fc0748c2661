import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { merged, mergedService, problemsOf } from '../../support/load-text.ts';

describe('files are merged', () => {
	const cases: readonly { when: string; base: string; override: string; result: Record<string, unknown> }[] = [
		{ when: 'scalars are replaced', base: '{image: a}', override: '{image: b}', result: { image: 'b' } },
		{ when: 'null says nothing', base: '{cap_add: [A]}', override: '{cap_add: !!null }', result: { cap_add: ['A'] } },
		{
			when: 'lists are appended without repeats',
			base: '{cap_add: [A, B]}',
			override: '{cap_add: [B, C]}',
			result: { cap_add: ['A', 'B', 'C'] },
		},
		{ when: 'commands are replaced', base: '{command: a b}', override: '{command: [c]}', result: { command: ['c'] } },
		{
			when: 'commands are replaced even by null',
			base: '{command: a b}',
			override: '{command: }',
			result: { command: null },
		},
		{
			when: 'a health test is replaced',
			base: '{healthcheck: {test: a, retries: 3}}',
			override: '{healthcheck: {test: [NONE]}}',
			result: { healthcheck: { test: ['NONE'], retries: 3 } },
		},
		{
			when: 'environments of both forms merge',
			base: '{environment: {A: 1, B: 2}}',
			override: '{environment: [B=3, C]}',
			result: { environment: { A: '1', B: '3', C: null } },
		},
		{
			when: 'a bare name in an override counts',
			base: '{environment: {A: 1}}',
			override: '{environment: {A: }}',
			result: { environment: { A: null } },
		},
		{
			when: 'labels merge',
			base: '{labels: [a=1]}',
			override: '{labels: {b: 2}}',
			result: { labels: { a: '1', b: '2' } },
		},
		{
			when: 'a build text meets a mapping',
			base: '{build: ./a}',
			override: '{build: {target: t}}',
			result: { build: { context: './a', target: 't' } },
		},
		{
			when: 'dependencies of both forms merge',
			base: '{depends_on: [b]}',
			override: '{depends_on: {b: {condition: service_healthy}}}',
			result: { depends_on: { b: { condition: 'service_healthy', required: true } } },
		},
		{
			when: 'env files keep the first place',
			base: '{env_file: a}',
			override: '{env_file: [b, a]}',
			result: {
				env_file: [
					{ path: 'a', required: true },
					{ path: 'b', required: true },
				],
			},
		},
		{
			when: 'log options of one driver add up',
			base: '{logging: {driver: d, options: {a: 1}}}',
			override: '{logging: {driver: d, options: {b: 2}}}',
			result: { logging: { driver: 'd', options: { a: 1, b: 2 } } },
		},
		{
			when: 'log options without a driver add to those of one',
			base: '{logging: {driver: d, options: {a: 1}}}',
			override: '{logging: {options: {b: 2}}}',
			result: { logging: { driver: 'd', options: { a: 1, b: 2 } } },
		},
		{
			when: 'another log driver replaces all options',
			base: '{logging: {driver: d, options: {a: 1}}}',
			override: '{logging: {driver: e}}',
			result: { logging: { driver: 'e' } },
		},
		{
			when: 'secrets are one per target, and their own folder is the default',
			base: '{secrets: [s, {source: t, target: /run/secrets/s}]}',
			override: '{secrets: [{source: s, mode: 0400}]}',
			result: { secrets: [{ source: 's', mode: 0o400, target: '/run/secrets/s' }] },
		},
		{
			when: 'configs are one per target, and the root is the default',
			base: '{configs: [c, d]}',
			override: '{configs: [{source: e, target: /c}]}',
			result: { configs: [{ source: 'e', target: '/c' }, { source: 'd' }] },
		},
		{
			when: 'devices are one per target',
			base: '{devices: ["/dev/a:/dev/x", "/dev/b"]}',
			override: '{devices: ["/dev/c:/dev/x:r"]}',
			result: {
				devices: [
					{ source: '/dev/c', target: '/dev/x', permissions: 'r' },
					{ source: '/dev/b', target: '/dev/b', permissions: 'rwm' },
				],
			},
		},
		{
			when: 'search domains, links and options of name resolution are kept once',
			base: '{dns_search: a, dns_opt: [x], links: [b]}',
			override: '{dns_search: [b, a], dns_opt: [y, x], links: [b, c]}',
			result: { dns_search: ['a', 'b'], dns_opt: ['x', 'y'], links: ['b', 'c'] },
		},
		{
			when: 'models of both forms merge',
			base: '{models: [m]}',
			override: '{models: {m: {model_var: M}, n: {}}}',
			result: { models: { m: { model_var: 'M' }, n: {} } },
		},
		{
			when: 'hooks, watch rules and rules for devices are appended',
			base: '{post_start: [{command: [a]}], device_cgroup_rules: [x]}',
			override: '{post_start: [{command: [b]}], device_cgroup_rules: [y]}',
			result: { post_start: [{ command: ['a'] }, { command: ['b'] }], device_cgroup_rules: ['x', 'y'] },
		},
		{
			when: 'volumes are one per target',
			base: '{volumes: ["aa:/x", "bb:/y"]}',
			override: '{volumes: ["cc:/x"]}',
			result: {
				volumes: [
					{ type: 'volume', source: 'cc', target: '/x', volume: {} },
					{ type: 'volume', source: 'bb', target: '/y', volume: {} },
				],
			},
		},
		{
			when: 'a host port written as a number is another one than its text',
			base: '{ports: ["80:80", {target: 81, published: 81}]}',
			override: '{ports: [{target: 80, published: 80}, {target: 81, published: 81, mode: host}]}',
			result: {
				ports: [
					{ mode: 'ingress', target: 80, published: '80', protocol: 'tcp' },
					{ mode: 'host', target: 81, published: 81, protocol: 'tcp' },
					{ mode: 'ingress', target: 80, published: 80, protocol: 'tcp' },
				],
			},
		},
		{
			when: 'a host port in long form is the one of a short form where both are text',
			base: '{ports: ["80:80", "81"]}',
			override: '{ports: [{target: 80, published: "80"}, {target: 81, published: ""}]}',
			result: {
				ports: [
					{ mode: 'ingress', target: 80, published: '80', protocol: 'tcp' },
					{ mode: 'ingress', target: 81, protocol: 'tcp' },
					{ mode: 'ingress', target: 81, published: '', protocol: 'tcp' },
				],
			},
		},
		{
			when: 'a single option of a provider gives way, lists of them grow',
			base: '{provider: {type: p, options: {a: 1, b: 1, c: [1]}}}',
			override: '{provider: {options: {a: 2, b: [2, 3], c: [4]}}}',
			result: { provider: { type: 'p', options: { a: [2], b: [2, 3], c: [1, 4] } } },
		},
		{
			when: 'a limit is replaced whole',
			base: '{ulimits: {nofile: {soft: 1, hard: 2}}}',
			override: '{ulimits: {nofile: 5}}',
			result: { ulimits: { nofile: 5 } },
		},
		{
			when: 'networks of both forms merge',
			base: '{networks: [x]}',
			override: '{networks: {y: {aliases: [q]}}}',
			result: { networks: { x: null, y: { aliases: ['q'] } } },
		},
		{
			when: '!reset takes an attribute away',
			base: '{image: a, cap_add: [A]}',
			override: '{cap_add: !reset [] }',
			result: { image: 'a' },
		},
		{
			when: '!reset takes one variable away',
			base: '{environment: {A: 1, B: 2}}',
			override: '{environment: {A: !reset null}}',
			result: { environment: { B: '2' } },
		},
		{
			when: '!override replaces a list',
			base: '{cap_add: [A]}',
			override: '{cap_add: !override [B]}',
			result: { cap_add: ['B'] },
		},
		{
			when: 'extra hosts keep repeats of other forms',
			base: '{extra_hosts: ["a:1.1.1.1"]}',
			override: '{extra_hosts: {a: 1.1.1.1}}',
			result: { extra_hosts: ['a=1.1.1.1', 'a=1.1.1.1'] },
		},
	];
	for (const { when, base, override, result } of cases) {
		test(when, async () => assert.deepEqual(await mergedService(base, override), result));
	}

	test('a service of the second file is added', async () => {
		const { model } = await merged(['services: {a: {image: x}}', 'services: {b: {image: y}}']);
		assert.deepEqual(model, { services: { a: { image: 'x' }, b: { image: 'y' } } });
	});

	test('!reset in the only file takes the attribute itself away', async () => {
		assert.deepEqual(await mergedService('{image: a, tty: !reset true}'), { image: 'a' });
	});

	test('an address pool that the override does not name is dropped', async () => {
		const pools = (text: string) => `services: {}\nnetworks: {n: {ipam: {config: ${text}}}}`;
		const { model } = await merged([
			pools('[{subnet: 10.0.0.0/8, gateway: 10.0.0.1}, {subnet: 11.0.0.0/8}]'),
			pools('[{subnet: 10.0.0.0/8, ip_range: 10.1.0.0/16}]'),
		]);
		const [pool] = (model as { networks: { n: { ipam: { config: unknown[] } } } }).networks.n.ipam.config;
		assert.deepEqual(pool, { subnet: '10.0.0.0/8', gateway: '10.0.0.1', ip_range: '10.1.0.0/16' });
	});

	test('values of different kinds are refused at the override', async () => {
		assert.deepEqual(await problemsOf(() => mergedService('{cap_add: [A]}', '{cap_add: {A: 1}}')), [
			'1:25 services.a.cap_add: a mapping cannot override the list of an earlier file',
		]);
	});

	test('an empty override changes nothing', async () => {
		const attribute = fc.constantFrom(
			'cap_add: [A, B]',
			'environment: {A: 1, B: }',
			'command: a b',
			'ports: ["80:80", 81]',
			'volumes: ["./a:/a"]',
			'labels: [a=b]',
			'depends_on: [b]',
			'build: .',
			'extra_hosts: ["b:1.1.1.1", "a:1.1.1.1"]',
			'healthcheck: {test: x}',
		);
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(attribute), async (attributes) => {
				const service = `{${attributes.join(', ')}}`;
				assert.deepEqual(await mergedService(service, '{}'), await mergedService(service));
			}),
			{ numRuns: 50 },
		);
	});
});
