import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { overrideService, type RunOverrides } from '../../../src/use-cases/run-overrides.ts';

const none: RunOverrides = {
	command: [],
	environment: [],
	environmentFromFiles: new Map(),
	volumes: [],
	publish: [],
	servicePorts: false,
	labels: [],
	capAdd: [],
	capDrop: [],
	tty: false,
	input: false,
};

const bare: Service = { image: 'busybox', command: null, entrypoint: null };

const run = (service: Partial<Service>, overrides: Partial<RunOverrides>): Service =>
	overrideService(
		{ ...bare, ...service },
		{ ...none, ...overrides },
		{
			lookup: (name) => (name === 'HOME' ? '/home/ada' : undefined),
			resolvePath: (path) => path.replace(/^\.\//, '/cwd/'),
		},
	);

const cases: readonly {
	when: string;
	service?: Partial<Service>;
	overrides?: Partial<RunOverrides>;
	expected: { readonly [K in keyof Service]?: Service[K] | undefined };
}[] = [
	{ when: 'nothing is said', service: { command: ['train'] }, expected: { command: ['train'], entrypoint: null } },
	{
		when: 'a command is given',
		service: { command: ['train'], entrypoint: ['python'] },
		overrides: { command: ['-V'] },
		expected: { command: ['-V'], entrypoint: ['python'] },
	},
	{
		when: 'an entrypoint is given, which clears the command',
		service: { command: ['train'], entrypoint: ['python'] },
		overrides: { entrypoint: "sh -c 'echo a  b'" },
		expected: { command: [], entrypoint: ['sh', '-c', 'echo a  b'] },
	},
	{
		when: 'an entrypoint and a command are given',
		service: { command: ['train'] },
		overrides: { entrypoint: 'sh', command: ['-c', 'ls'] },
		expected: { command: ['-c', 'ls'], entrypoint: ['sh'] },
	},
	{ when: 'the entrypoint is emptied', overrides: { entrypoint: '' }, expected: { entrypoint: [''], command: [] } },
	{
		when: 'variables come from the file, from files and from flags, the later over the earlier',
		service: { environment: { A: 'file', B: 'file', C: 'file' } },
		overrides: {
			environmentFromFiles: new Map([
				['B', 'env'],
				['C', 'env'],
			]),
			environment: ['C=flag', 'D=a=b', 'E='],
		},
		expected: { environment: { A: 'file', B: 'env', C: 'flag', D: 'a=b', E: '' } },
	},
	{
		when: 'variables are named without a value',
		service: { environment: { KEPT: 'x' } },
		overrides: { environment: ['HOME', 'KEPT', 'UNSET'] },
		expected: { environment: { HOME: '/home/ada', KEPT: 'x' } },
	},
	{
		when: 'the service publishes ports, which the one-off does not',
		service: { ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }] },
		expected: { ports: undefined },
	},
	{
		when: "the service's ports are asked for",
		service: { ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }] },
		overrides: { servicePorts: true },
		expected: { ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }] },
	},
	{
		when: 'ports are published by flag',
		service: { ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }] },
		overrides: { publish: ['127.0.0.1:9000:90', '53/udp'] },
		expected: {
			ports: [
				{ mode: 'ingress', host_ip: '127.0.0.1', target: 90, published: '9000', protocol: 'tcp' },
				{ mode: 'ingress', target: 53, protocol: 'udp' },
			],
		},
	},
	{
		when: 'user and folder are given',
		overrides: { user: '1:2', workingDir: '/w' },
		expected: { user: '1:2', working_dir: '/w' },
	},
	{
		when: 'input and a terminal are there',
		overrides: { tty: true, input: true },
		expected: { tty: true, stdin_open: true },
	},
	{
		when: 'neither input nor a terminal is there, whatever the file says',
		service: { tty: true, stdin_open: true },
		expected: { tty: undefined, stdin_open: undefined },
	},
	{
		when: 'the service restarts and has a name, which the one-off does not',
		service: {
			restart: 'always',
			container_name: 'mine',
			deploy: { resources: {}, placement: {}, restart_policy: {} },
		},
		expected: { restart: undefined, container_name: undefined, deploy: { resources: {}, placement: {} } },
	},
	{
		when: 'labels are added',
		service: { labels: { a: '1' } },
		overrides: { labels: ['b=x=y', 'a=2'] },
		expected: { labels: { a: '2', b: 'x=y' } },
	},
	{
		when: 'capabilities change sides',
		service: { cap_add: ['NET_ADMIN'], cap_drop: ['KILL'] },
		overrides: { capAdd: ['KILL'], capDrop: ['NET_ADMIN'] },
		expected: { cap_add: ['KILL'], cap_drop: ['NET_ADMIN'] },
	},
	{
		when: "a volume takes the place of the service's at the same target",
		service: { volumes: [{ type: 'volume', source: 'data', target: '/data', volume: {} }] },
		overrides: { volumes: ['./here:/data:ro'] },
		expected: {
			volumes: [
				{ type: 'bind', source: '/cwd/here', target: '/data', read_only: true, bind: { create_host_path: true } },
			],
		},
	},
	{
		when: 'a named volume is added',
		overrides: { volumes: ['cache:/cache'] },
		expected: { volumes: [{ type: 'volume', source: 'cache', target: '/cache', volume: {} }] },
	},
];

const refusals: readonly { when: string; overrides: Partial<RunOverrides>; message: RegExp }[] = [
	{ when: 'a quote is not closed', overrides: { entrypoint: "sh -c 'x" }, message: /quote that is not closed/ },
	{ when: 'a variable has no name', overrides: { environment: ['=x'] }, message: /`-e =x` has no name/ },
	{ when: 'a label has no value', overrides: { labels: ['a'] }, message: /`--label a` has no value/ },
	{ when: 'a label has no name', overrides: { labels: ['=a'] }, message: /`--label =a` has no value/ },
	{ when: 'a port is none', overrides: { publish: ['http'] }, message: /`--publish http` is not a port/ },
	{ when: 'a volume is none', overrides: { volumes: [':/data'] }, message: /is not a volume/ },
	{
		when: 'ports are asked for in two ways',
		overrides: { servicePorts: true, publish: ['80'] },
		message: /--service-ports and --publish are incompatible/,
	},
];

describe('overrideService', () => {
	for (const { when, service = {}, overrides = {}, expected } of cases) {
		test(`when ${when}`, () => {
			const result: Readonly<Record<string, unknown>> = { ...run(service, overrides) };
			const compared = Object.fromEntries(Object.keys(expected).map((key) => [key, result[key]]));
			assert.deepEqual(compared, expected);
		});
	}

	for (const { when, overrides, message } of refusals) {
		test(`refuses when ${when}`, () => assert.throws(() => run({}, overrides), { code: 'USAGE_INVALID', message }));
	}
});
