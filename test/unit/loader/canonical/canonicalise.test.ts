import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadText, mergedService, problemsOf } from '../../../support/load-text.ts';

const tcp = { mode: 'ingress', protocol: 'tcp' };

const forms: readonly { attribute: string; cases: readonly [written: string, canonical: unknown][] }[] = [
	{
		attribute: 'ports',
		cases: [
			['["80"]', [{ ...tcp, target: 80 }]],
			['[80]', [{ ...tcp, target: 80 }]],
			['["8080:80"]', [{ ...tcp, target: 80, published: '8080' }]],
			[
				'["127.0.0.1:8080:80/UDP"]',
				[{ mode: 'ingress', host_ip: '127.0.0.1', target: 80, published: '8080', protocol: 'udp' }],
			],
			['["127.0.0.1::80"]', [{ ...tcp, host_ip: '127.0.0.1', target: 80 }]],
			['["[::1]:8080:80"]', [{ ...tcp, host_ip: '::1', target: 80, published: '8080' }]],
			[
				'["8-9:80-81"]',
				[
					{ ...tcp, target: 80, published: '8' },
					{ ...tcp, target: 81, published: '9' },
				],
			],
			[
				'["80-81"]',
				[
					{ ...tcp, target: 80 },
					{ ...tcp, target: 81 },
				],
			],
			['["7000-7005:80"]', [{ ...tcp, target: 80, published: '7000-7005' }]],
			[
				'["99-100:99-100"]',
				[
					{ ...tcp, target: 100, published: '100' },
					{ ...tcp, target: 99, published: '99' },
				],
			],
			['[{target: 80, published: 8080}]', [{ target: 80, published: 8080, ...tcp }]],
			['[{target: "80", mode: host, protocol: udp}]', [{ target: 80, mode: 'host', protocol: 'udp' }]],
			[
				'["80:80", 80, "80:80"]',
				[
					{ ...tcp, target: 80, published: '80' },
					{ ...tcp, target: 80 },
				],
			],
		],
	},
	{
		attribute: 'volumes',
		cases: [
			['["/data"]', [{ type: 'volume', target: '/data', volume: {} }]],
			['["data:/data/"]', [{ type: 'volume', source: 'data', target: '/data', volume: {} }]],
			[
				'["data:/d:ro,nocopy"]',
				[{ type: 'volume', source: 'data', target: '/d', read_only: true, volume: { nocopy: true } }],
			],
			['["./x:/x"]', [{ type: 'bind', source: './x', target: '/x', bind: { create_host_path: true } }]],
			[
				'["~/x:/x:z,rshared,cached"]',
				[
					{
						type: 'bind',
						source: '~/x',
						target: '/x',
						bind: { create_host_path: true, propagation: 'rshared', selinux: 'z' },
					},
				],
			],
			["['C:\\x:/x']", [{ type: 'bind', source: 'C:\\x', target: '/x', bind: { create_host_path: true } }]],
			['["v:/x"]', [{ type: 'volume', target: 'v:/x', volume: {} }]],
			['[{type: tmpfs, target: /t//u/}]', [{ type: 'tmpfs', target: '/t//u/' }]],
			['["a_:/x", "b_:/x"]', [{ type: 'volume', source: 'b_', target: '/x', volume: {} }]],
		],
	},
	{
		attribute: 'environment',
		cases: [
			['{A: 1, B: 1.50, C: true, D: , E: ""}', { A: '1', B: '1.5', C: 'true', D: null, E: '' }],
			['["A=1", "B=x=y", C, "A=2"]', { A: '2', B: 'x=y', C: null }],
		],
	},
	{
		attribute: 'labels',
		cases: [
			['["a=1", b]', { a: '1', b: '' }],
			['{a: , b: 2}', { a: '', b: '2' }],
		],
	},
	{
		attribute: 'build',
		cases: [
			['./app', { context: './app' }],
			['{args: [A=1, B]}', { args: { A: '1', B: null } }],
			['{secrets: [s]}', { secrets: [{ source: 's' }] }],
			['{ssh: [default, k=./key]}', { ssh: { default: null, k: './key' } }],
			['{additional_contexts: [a=./a]}', { additional_contexts: { a: './a' } }],
		],
	},
	{
		attribute: 'depends_on',
		cases: [
			[
				'[b, c]',
				{ b: { condition: 'service_started', required: true }, c: { condition: 'service_started', required: true } },
			],
			['{b: {condition: service_healthy}}', { b: { condition: 'service_healthy', required: true } }],
			[
				'{b: {condition: service_healthy, required: false, restart: true}}',
				{ b: { condition: 'service_healthy', required: false, restart: true } },
			],
		],
	},
	{
		attribute: 'networks',
		cases: [
			['[x, y]', { x: null, y: null }],
			['{x: {aliases: [a, a]}}', { x: { aliases: ['a'] } }],
		],
	},
	{
		attribute: 'env_file',
		cases: [
			['a.env', [{ path: 'a.env', required: true }]],
			[
				'[a.env, {path: b.env, required: false}]',
				[
					{ path: 'a.env', required: true },
					{ path: 'b.env', required: false },
				],
			],
		],
	},
	{
		attribute: 'extra_hosts',
		cases: [
			['["b:1.2.3.4", "a=::1", "c:[::2]"]', ['a=::1', 'b=1.2.3.4', 'c=::2']],
			['{b: 1.2.3.4, a: [1.1.1.1, 2.2.2.2]}', ['a=1.1.1.1', 'a=2.2.2.2', 'b=1.2.3.4']],
		],
	},
	{
		attribute: 'command',
		cases: [
			['echo \'a b\' "c"', ['echo', 'a b', 'c']],
			['[a, "b c"]', ['a', 'b c']],
			['""', []],
		],
	},
	{
		attribute: 'healthcheck',
		cases: [
			['{test: curl localhost}', { test: ['CMD-SHELL', 'curl localhost'] }],
			['{test: [CMD, x]}', { test: ['CMD', 'x'] }],
		],
	},
	{
		attribute: 'dns',
		cases: [
			['1.1.1.1', ['1.1.1.1']],
			['["", 1.1.1.1]', ['1.1.1.1']],
		],
	},
	{ attribute: 'dns_search', cases: [['a.example', ['a.example']]] },
	{ attribute: 'label_file', cases: [['a.labels', ['a.labels']]] },
	{
		attribute: 'secrets',
		cases: [
			['[s]', [{ source: 's', target: '/run/secrets/s' }]],
			['[{source: s, mode: 0440}]', [{ source: 's', mode: 0o440, target: '/run/secrets/s' }]],
			['[{source: s, target: t}]', [{ source: 's', target: 't' }]],
		],
	},
	{
		attribute: 'configs',
		cases: [
			['[c]', [{ source: 'c' }]],
			['[{source: c, target: /c}]', [{ source: 'c', target: '/c' }]],
		],
	},
	{
		attribute: 'devices',
		cases: [
			['["/dev/a"]', [{ source: '/dev/a', target: '/dev/a', permissions: 'rwm' }]],
			['["/dev/a:/dev/b:r"]', [{ source: '/dev/a', target: '/dev/b', permissions: 'r' }]],
			['["vendor.com/c=x"]', [{ source: 'vendor.com/c=x', target: 'vendor.com/c=x', permissions: 'rwm' }]],
		],
	},
	{
		attribute: 'models',
		cases: [
			['[m]', { m: null }],
			['{m: {model_var: M}}', { m: { model_var: 'M' } }],
		],
	},
	{
		attribute: 'provider',
		cases: [
			['{type: p, options: {a: 1, b: [x, true]}}', { type: 'p', options: { a: [1], b: ['x', true] } }],
			['{type: p}', { type: 'p' }],
		],
	},
	...['pre_start', 'post_start', 'pre_stop'].map((attribute) => ({
		attribute,
		cases: [
			[
				'[{command: a "b c", environment: [A=1, B]}]',
				[{ command: ['a', 'b c'], environment: { A: '1', B: null } }],
			] as [string, unknown],
		],
	})),
	{
		attribute: 'develop',
		cases: [
			[
				'{watch: [{path: a, action: sync, target: /a, ignore: x, include: [y]}]}',
				{ watch: [{ path: 'a', action: 'sync', target: '/a', ignore: ['x'], include: ['y'] }] },
			],
			[
				'{watch: [{path: a, action: sync+exec, target: /a, exec: {command: b c}}]}',
				{ watch: [{ path: 'a', action: 'sync+exec', target: '/a', exec: { command: ['b', 'c'] } }] },
			],
		],
	},
	{ attribute: 'tmpfs', cases: [['/run', ['/run']]] },
	{
		attribute: 'gpus',
		cases: [
			['all', [{ count: -1 }]],
			['[{driver: nvidia}]', [{ driver: 'nvidia', count: -1 }]],
			['[{count: all}]', [{ count: -1 }]],
			['[{count: "2", options: [a=b]}]', [{ count: 2, options: { a: 'b' } }]],
			['[{device_ids: ["0"]}]', [{ device_ids: ['0'] }]],
		],
	},
];

for (const { attribute, cases } of forms) {
	describe(`canonical ${attribute}`, () => {
		for (const [written, canonical] of cases) {
			test(written, async () =>
				assert.deepEqual((await mergedService(`{image: x, ${attribute}: ${written}}`))[attribute], canonical),
			);
		}
		test('stays as it is when it is canonical already', async () => {
			for (const [written, canonical] of cases) {
				const again = await mergedService(`{image: x, ${attribute}: ${written}}`, '{image: x}');
				assert.deepEqual(again[attribute], canonical);
			}
		});
	});
}

describe('what has no canonical form is refused at its place', () => {
	const cases: readonly [service: string, problem: string][] = [
		['{ports: ["x:80"]}', 'services.a.ports.0: `x:80` is not a port: `x` is not a port number or range'],
		['{ports: ["80:99999"]}', 'services.a.ports.0: `80:99999` is not a port: `99999` is not a port number or range'],
		[
			'{ports: ["1-3:80-81"]}',
			'services.a.ports.0: `1-3:80-81` is not a port: 3 host ports cannot be paired with 2 container ports',
		],
		[
			'{ports: ["80/http"]}',
			'services.a.ports.0: `80/http` is not a port: the protocol `http` is none of tcp, udp, sctp',
		],
		['{ports: ["host:80:80"]}', 'services.a.ports.0: `host:80:80` is not a port: `host` is not an IP address'],
		[
			'{ports: ["::1:80:81"]}',
			'services.a.ports.0: `::1:80:81` is not a port: `::1` is not an IP address; one with colons needs brackets',
		],
		['{ports: [80.0]}', 'services.a.ports.0: `80` is not a port'],
		['{volumes: ["aa::b"]}', 'services.a.volumes.0: `aa::b` is not a volume: a part between colons is empty'],
		['{volumes: ["ab:cd:ef:gh"]}', 'services.a.volumes.0: `ab:cd:ef:gh` is not a volume: it has too many colons'],
		['{volumes: [""]}', 'services.a.volumes.0: an empty text is not a volume: source and target are missing'],
		['{environment: ["A =1"]}', 'services.a.environment.0: `A =1` has a blank before `=`'],
		['{extra_hosts: [a]}', 'services.a.extra_hosts.0: `a` names no address'],
		['{command: "echo \'x"}', "services.a.command: `echo 'x` is not a command line: a quote is not closed"],
		['{devices: ["a:b:c:d"]}', 'services.a.devices.0: `a:b:c:d` is not a device: it has too many colons'],
		['{build: {ssh: [k]}}', 'services.a.build.ssh.k: the SSH key `k` has no path'],
		[
			'{build: {additional_contexts: [b]}}',
			'services.a.build.additional_contexts.b: the build context `b` has no place',
		],
		['{gpus: [{count: some}]}', 'services.a.gpus.0.count: `some` is not a number of devices'],
	];
	for (const [service, problem] of cases) {
		test(service, async () => {
			const [found = ''] = await problemsOf(() => loadText(`services: {a: ${service}}`));
			assert.equal(found.replace(/^\S+ /, ''), problem);
		});
	}
});
