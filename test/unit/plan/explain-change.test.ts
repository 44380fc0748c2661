import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { hashService, serviceTexts } from '../../../src/plan/config-hash.ts';
import { explainChange } from '../../../src/plan/explain-change.ts';
import { fieldsLabel } from '../../../src/plan/field-digests.ts';
import { reasonText } from '../../../src/plan/reason.ts';
import { container, image, project, service } from '../../support/plan-cases.ts';

type Unread = Readonly<Record<string, unknown>>;

interface Case {
	readonly when: string;
	readonly declared?: Partial<Service>;
	readonly config?: Unread;
	readonly hostConfig?: Unread;
	readonly endpoints?: Unread;
	readonly image?: Unread;
	readonly reasons: readonly string[];
}

const unexplained = ['configuration hash differs'];
const second = 1_000_000_000;

const environment: readonly Case[] = [
	{
		when: 'a value changed',
		declared: { environment: { LR: '0.2' } },
		config: { Env: ['LR=0.1'] },
		reasons: ['environment.LR: 0.1 → 0.2'],
	},
	{
		when: 'a value was added',
		declared: { environment: { B: '1', A: '' } },
		config: { Env: ['A='] },
		reasons: ['environment.B: (none) → 1'],
	},
	{ when: 'a value was removed', config: { Env: ['A=1'] }, reasons: ['environment.A: 1 → (none)'] },
	{
		when: 'a value is unset',
		declared: { environment: { PATH: null } },
		config: { Env: ['PATH=/bin'] },
		image: { Env: ['PATH=/bin'] },
		reasons: ['environment.PATH: /bin → (none)'],
	},
	{
		when: 'a value is the image’s own',
		config: { Env: ['PATH=/bin'] },
		image: { Env: ['PATH=/bin'] },
		reasons: unexplained,
	},
	{
		when: 'labc hid the GPUs that the image shows',
		config: { Env: ['NVIDIA_VISIBLE_DEVICES=void'], Labels: { 'labc.gpu.ids': 'none' } },
		image: { Env: ['NVIDIA_VISIBLE_DEVICES=all'] },
		reasons: unexplained,
	},
	{
		when: 'somebody else hid them',
		config: { Env: ['NVIDIA_VISIBLE_DEVICES=void'] },
		image: { Env: ['NVIDIA_VISIBLE_DEVICES=all'] },
		reasons: ['environment.NVIDIA_VISIBLE_DEVICES: void → all'],
	},
	{
		when: 'a credential changed',
		declared: { environment: { HF_TOKEN: 'new' } },
		config: { Env: ['HF_TOKEN=old'] },
		reasons: ['environment.HF_TOKEN: •••• → ••••'],
	},
	{
		when: 'a credential was added',
		declared: { environment: { DB_PASSWORD: 'new' } },
		reasons: ['environment.DB_PASSWORD: (none) → ••••'],
	},
	{
		when: 'a label changed',
		declared: { labels: { team: 'a' } },
		config: { Labels: { team: 'b', 'com.docker.compose.project': 'lab' } },
		reasons: ['labels.team: b → a'],
	},
	{
		when: 'labels changed that labc set itself, and one that people set',
		declared: { labels: { 'labc.gpu': 'observer' } },
		config: { Labels: { 'labc.gpu.ids': 'none', 'labc.shm': '64', 'labc.gpu.user': 'me' } },
		reasons: ['labels.labc.gpu: (none) → observer'],
	},
	{
		when: 'a label is the image’s own',
		config: { Labels: { vendor: 'x' } },
		image: { Labels: { vendor: 'x' } },
		reasons: unexplained,
	},
];

const process: readonly Case[] = [
	{
		when: 'the command changed',
		declared: { command: ['train', '--lr', '0.2'] },
		config: { Cmd: ['train', '--lr', '0.1'] },
		reasons: ['command: train --lr 0.1 → train --lr 0.2'],
	},
	{
		when: 'a word of the command has a blank',
		declared: { command: ['sh', '-c', 'a b'] },
		reasons: ['command: (none) → sh -c "a b"'],
	},
	{
		when: 'the command holds a credential',
		declared: { command: ['serve', '--token=new'] },
		config: { Cmd: ['serve', '--token=old'] },
		reasons: ['command: serve --token=•••• → serve --token=••••'],
	},
	{
		when: 'the command is the image’s own again',
		config: { Cmd: ['old'] },
		image: { Cmd: ['own'] },
		reasons: ['command: old → own'],
	},
	{
		when: 'the entrypoint changed, and with it the image’s command goes',
		declared: { entrypoint: ['/run'] },
		config: { Entrypoint: ['/init'] },
		image: { Cmd: ['own'] },
		reasons: ['entrypoint: /init → /run'],
	},
	{
		when: 'user and folder changed',
		declared: { user: '1000', working_dir: '/work' },
		config: { User: '', WorkingDir: '/' },
		reasons: ['user: (none) → 1000', 'working_dir: / → /work'],
	},
	{
		when: 'the terminal is gone',
		config: { Tty: true, OpenStdin: true },
		reasons: ['stdin_open: true → (none)', 'tty: true → (none)'],
	},
	{
		when: 'the health check changed',
		declared: { healthcheck: { test: ['CMD', 'true'], interval: '1m30s', retries: 3 } },
		config: { Healthcheck: { Test: ['CMD', 'false'], Interval: second, Retries: 3 } },
		reasons: ['healthcheck: CMD false, interval 1s, retries 3 → CMD true, interval 90s, retries 3'],
	},
	{
		when: 'the health check was switched off',
		declared: { healthcheck: { disable: true } },
		config: { Healthcheck: { Test: ['CMD', 'x'] } },
		reasons: ['healthcheck: CMD x → NONE'],
	},
	{
		when: 'the health check is as declared',
		declared: { healthcheck: { test: ['CMD', 'x'], timeout: '2s' } },
		config: { Healthcheck: { Test: ['CMD', 'x'], Timeout: 2 * second } },
		reasons: unexplained,
	},
];

const host: readonly Case[] = [
	{
		when: 'a port moved',
		declared: { ports: [{ mode: 'ingress', host_ip: '127.0.0.1', target: 80, published: '8001', protocol: 'tcp' }] },
		hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8000' }] } },
		reasons: ['ports: 127.0.0.1:8000->80/tcp → 127.0.0.1:8001->80/tcp'],
	},
	{
		when: 'a port was taken away',
		hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '' }] } },
		reasons: ['ports: ->80/tcp → (none)'],
	},
	{
		when: 'a folder is mounted elsewhere and a volume is as it was',
		declared: {
			volumes: [
				{ type: 'bind', source: '/data', target: '/data', read_only: true },
				{ type: 'volume', source: 'logs', target: '/logs' },
				{ type: 'volume', target: '/anonymous' },
			],
		},
		hostConfig: { Binds: ['/old:/data:rw', 'lab_logs:/logs:rw'], Mounts: [{ Type: 'volume', Target: '/anonymous' }] },
		reasons: ['volumes: /anonymous, /logs, /old:/data → /anonymous, /data:/data:ro, /logs'],
	},
	{
		when: 'mounts are as declared',
		declared: { volumes: [{ type: 'bind', source: '/a', target: '/b' }] },
		hostConfig: { Mounts: [{ Type: 'bind', Source: '/a', Target: '/b' }] },
		reasons: unexplained,
	},
	{
		when: 'a GPU is asked for',
		declared: { gpus: [{ count: -1 }] },
		reasons: ['devices: (none) → any driver count -1 gpu'],
	},
	{
		when: 'another GPU is asked for',
		declared: {
			deploy: {
				placement: {},
				resources: { reservations: { devices: [{ driver: 'nvidia', device_ids: ['1'], capabilities: ['gpu'] }] } },
			},
		},
		hostConfig: { DeviceRequests: [{ Driver: 'nvidia', Count: 0, DeviceIDs: ['0'], Capabilities: [['gpu']] }] },
		reasons: ['devices: nvidia 0 gpu → nvidia 1 gpu'],
	},
	{
		when: 'the restart policy changed',
		declared: { restart: 'unless-stopped' },
		hostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
		reasons: ['restart: on-failure:3 → unless-stopped'],
	},
	{
		when: 'the restart policy is as declared',
		declared: { restart: 'no' },
		hostConfig: { RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } },
		reasons: unexplained,
	},
	{
		when: 'the deploy section has a restart policy',
		declared: {
			deploy: { placement: {}, resources: {}, restart_policy: { condition: 'on-failure', max_attempts: 2 } },
		},
		hostConfig: { RestartPolicy: { Name: 'always' } },
		reasons: ['restart: always → on-failure:2'],
	},
	{
		when: 'memory is limited',
		declared: { mem_limit: '1073741824' },
		hostConfig: { Memory: 536870912 },
		reasons: ['mem_limit: 512m → 1g'],
	},
	{
		when: 'rights changed',
		declared: { privileged: true, cap_add: ['net_admin', 'IPC_LOCK'], init: true },
		hostConfig: { CapAdd: ['CAP_IPC_LOCK'], ReadonlyRootfs: true },
		reasons: [
			'cap_add: CAP_IPC_LOCK → CAP_IPC_LOCK, CAP_NET_ADMIN',
			'init: (none) → true',
			'privileged: (none) → true',
			'read_only: true → (none)',
		],
	},
	{
		when: 'the engine answers nonsense',
		config: { Env: 7, Cmd: 'x', Labels: [] },
		hostConfig: { PortBindings: null, Mounts: 'x' },
		reasons: unexplained,
	},
];

const limits: readonly Case[] = [
	{
		when: 'capabilities are the same in the engine’s spelling',
		declared: { cap_add: ['net_admin', 'all'], cap_drop: ['CAP_SYS_TIME'] },
		hostConfig: { CapAdd: ['ALL', 'CAP_NET_ADMIN'], CapDrop: ['CAP_SYS_TIME'] },
		reasons: unexplained,
	},
	{
		when: 'a capability is no longer dropped',
		hostConfig: { CapDrop: ['ALL'] },
		reasons: ['cap_drop: ALL → (none)'],
	},
	{
		when: 'the grace period changed',
		declared: { stop_grace_period: '1m30s' },
		config: { StopTimeout: 10 },
		reasons: ['stop_grace_period: 10s → 1m30s'],
	},
	{
		when: 'host and domain name changed',
		declared: { hostname: 'b', domainname: 'lab' },
		config: { Hostname: 'a' },
		reasons: ['domainname: (none) → lab', 'hostname: a → b'],
	},
	{ when: 'the host name is the engine’s own', config: { Hostname: 'x' }, reasons: unexplained },
	{
		when: 'limits were added',
		declared: {
			mem_limit: '67108864',
			pids_limit: 50,
			cpus: 0.5,
			shm_size: '134217728',
			ulimits: { nofile: { soft: 10, hard: 20 }, nproc: 5 },
		},
		hostConfig: { ShmSize: 67108864, Memory: 0, PidsLimit: null, Ulimits: null },
		reasons: [
			'cpus: (none) → 0.5',
			'mem_limit: (none) → 64m',
			'pids_limit: (none) → 50',
			'shm_size: 64m → 128m',
			'ulimits: (none) → nofile=10:20, nproc=5',
		],
	},
	{
		when: 'the limits of the deploy section are as declared',
		declared: {
			deploy: {
				placement: {},
				resources: { limits: { cpus: '0.5', memory: '67108864', pids: 9 }, reservations: { memory: '1024' } },
			},
		},
		hostConfig: { NanoCpus: 500_000_000, Memory: 67108864, PidsLimit: 9, MemoryReservation: 1024 },
		reasons: unexplained,
	},
	{
		when: 'the surroundings changed',
		declared: {
			extra_hosts: ['a=1.2.3.4', 'six=::1'],
			sysctls: { 'net.core.somaxconn': '100' },
			tmpfs: ['/run:size=64m', '/tmp'],
			dns: ['1.1.1.1'],
			dns_search: ['lab'],
			annotations: { a: 'b' },
			group_add: ['audio'],
			devices: [{ source: '/dev/null', target: '/dev/null', permissions: 'rwm' }],
			pid: 'host',
			userns_mode: 'host',
			security_opt: ['no-new-privileges:true'],
		},
		hostConfig: {
			ExtraHosts: ['six:::1'],
			Tmpfs: { '/tmp': '' },
			SecurityOpt: ['label=disable', 'seccomp=unconfined'],
			Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'r' }],
		},
		reasons: [
			'annotations: (none) → a=b',
			'devices: /dev/a:/dev/b:r → /dev/null',
			'dns: (none) → 1.1.1.1',
			'dns_search: (none) → lab',
			'extra_hosts: six=::1 → a=1.2.3.4, six=::1',
			'group_add: (none) → audio',
			'pid: (none) → host',
			'security_opt: seccomp=unconfined → no-new-privileges=true',
			'sysctls: (none) → net.core.somaxconn=100',
			'tmpfs: /tmp → /run:size=64m, /tmp',
			'userns_mode: (none) → host',
		],
	},
	{
		when: 'disk limits changed',
		declared: { blkio_config: { weight: 300, device_read_bps: [{ Path: '/dev/sda', Rate: '1048576' }] } },
		hostConfig: { BlkioWeight: 100, BlkioWeightDevice: [{ Path: '/dev/sdb', Weight: 9 }] },
		reasons: ['blkio_config: weight 100, weight_device /dev/sdb 9 → weight 300, device_read_bps /dev/sda 1m'],
	},
	{
		when: 'a port is offered to other containers',
		declared: { expose: ['9'], ports: [{ mode: 'ingress', target: 80, protocol: 'tcp' }] },
		config: { ExposedPorts: { '80/tcp': {}, '7/tcp': {} } },
		hostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '' }] } },
		image: { ExposedPorts: { '7/tcp': {} } },
		reasons: ['expose: 7/tcp → 7/tcp, 9/tcp'],
	},
	{ when: 'the image has another name', config: { Image: 'app:1' }, reasons: ['image: app:1 → app'] },
	{
		when: 'the container has another name',
		declared: { container_name: 'mine' },
		reasons: ['container_name: lab-web-1 → mine'],
	},
];

const engineDefaults = {
	CgroupnsMode: 'private',
	IpcMode: 'private',
	LogConfig: { Type: 'journald', Config: {} },
	MemorySwap: 1024,
	Runtime: 'nvidia',
	ShmSize: 67108864,
	Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 1 }],
};

const doubtful: readonly Case[] = [
	{
		when: 'something else explains the change, defaults of the engine are none of its reasons',
		declared: { tty: true },
		hostConfig: engineDefaults,
		reasons: ['tty: (none) → true'],
	},
	{
		when: 'nothing else explains the change, what may be a default is named',
		hostConfig: { Runtime: 'nvidia' },
		reasons: ['runtime: nvidia → (none)'],
	},
	{
		when: 'the file sets what the engine has by default, that is a certain reason',
		declared: { runtime: 'runc', tty: true },
		hostConfig: { Runtime: 'nvidia' },
		reasons: ['runtime: nvidia → runc', 'tty: (none) → true'],
	},
	{
		when: 'the kernel can’t do what is declared, that is no reason beside another one',
		declared: { oom_kill_disable: true, tty: true },
		reasons: ['tty: (none) → true'],
	},
];

const networks: readonly Case[] = [
	{
		when: 'aliases and addresses changed',
		declared: {
			networks: { default: { aliases: ['model'], ipv4_address: '10.0.0.6', mac_address: '02:42:AC:11:65:43' } },
		},
		endpoints: {
			lab_default: {
				Aliases: ['lab-web-1', 'web', 'old', 'x'],
				IPAMConfig: { IPv4Address: '10.0.0.5' },
				MacAddress: '02:42:ac:11:65:44',
			},
		},
		reasons: [
			'networks.default.aliases: old → model',
			'networks.default.ipv4_address: 10.0.0.5 → 10.0.0.6',
			'networks.default.mac_address: 02:42:ac:11:65:44 → 02:42:ac:11:65:43',
		],
	},
	{
		when: 'the engine chose the addresses',
		declared: { networks: { default: null } },
		endpoints: { lab_default: { Aliases: ['lab-web-1', 'web'], MacAddress: '02:42:ac:11:65:44', IPAMConfig: null } },
		reasons: unexplained,
	},
	{
		when: 'it left a network',
		declared: { networks: { default: null } },
		endpoints: { lab_default: {}, lab_back: {} },
		reasons: ['networks.lab_back: attached → (none)'],
	},
	{
		when: 'it is on the host’s network now',
		declared: { networks: {}, network_mode: 'host' },
		hostConfig: { NetworkMode: 'lab_default' },
		reasons: ['network_mode: lab_default → host'],
	},
];

const lab = project({ services: { web: service() } });

for (const [theme, cases] of Object.entries({ environment, process, host, limits, doubtful, networks })) {
	describe(`explainChange: ${theme}`, () => {
		for (const {
			when,
			declared = {},
			config = {},
			hostConfig = {},
			endpoints = {},
			image: own = {},
			reasons,
		} of cases) {
			test(`when ${when}`, () => {
				const details = {
					id: 'x',
					name: 'lab-web-1',
					state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' } as const,
					config,
					hostConfig,
					endpoints,
					tty: false,
					mounts: [],
				};
				const observed = { ...container(lab, { service: 'web' }), details };
				assert.deepEqual(
					explainChange(
						observed,
						{ name: 'web', service: service(declared) },
						{ project: lab, image: image({ config: own }) },
					).map(reasonText),
					reasons,
				);
			});
		}
	});
}

test('explainChange without details says only that something differs', () => {
	assert.deepEqual(
		explainChange(
			container(lab, { service: 'web' }),
			{ name: 'web', service: service() },
			{ project: lab, image: image() },
		).map(reasonText),
		unexplained,
	);
});

describe('explainChange of a container that labc made', () => {
	const before = service({ mem_limit: '512m', secrets: [{ source: 'old' }], deploy: { placement: {}, resources: {} } });
	const digests = fieldsLabel(serviceTexts(before), hashService(before));
	const details = {
		id: 'x',
		name: 'lab-web-1',
		state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' } as const,
		config: { Env: ['TOKEN=a'] },
		hostConfig: { Memory: 2 ** 30 },
		endpoints: {},
		tty: false,
		mounts: [],
	};
	const found = { ...container(lab, { service: 'web' }), labels: digests };
	const explain = (declared: Partial<Service>, withDetails: boolean) =>
		explainChange(
			withDetails ? { ...found, details } : found,
			{ name: 'web', service: { ...before, environment: { TOKEN: 'a' }, ...declared } },
			{ project: lab, image: image() },
		).map(reasonText);
	const labelled: readonly {
		readonly when: string;
		readonly declared: Partial<Service>;
		readonly details: boolean;
		readonly reasons: readonly string[];
	}[] = [
		{
			when: 'a field that inspect does not show changed',
			declared: { secrets: [{ source: 'new' }] },
			details: true,
			reasons: ['secrets: changed'],
		},
		{
			when: 'nobody looked, only the labels tell',
			declared: { secrets: [{ source: 'new' }], tty: true },
			details: false,
			reasons: ['secrets: changed', 'tty: changed'],
		},
		{
			when: 'a watch rule changed, which makes no difference to what runs',
			declared: { develop: { watch: [{ path: '/lab/src', action: 'rebuild' }] } },
			details: true,
			reasons: ['develop: changed (a part of what identifies a container, in docker compose too)'],
		},
		{
			when: 'the memory was changed by hand, and the file says something new of the terminal only',
			declared: { tty: true },
			details: true,
			reasons: ['tty: (none) → true'],
		},
		{
			when: 'the file gives the memory a new limit',
			declared: { mem_limit: '2g' },
			details: true,
			reasons: ['mem_limit: 1g → 2g'],
		},
		{
			when: 'the limit stands in another attribute',
			declared: { deploy: { placement: {}, resources: { limits: { memory: '3g' } } } },
			details: true,
			reasons: ['mem_limit: 1g → 3g'],
		},
		{
			when: 'only the environment changed',
			declared: { environment: { TOKEN: 'b' } },
			details: true,
			reasons: ['environment.TOKEN: •••• → ••••'],
		},
		{ when: 'no field tells what', declared: {}, details: true, reasons: unexplained },
	];
	for (const { when, declared, details: withDetails, reasons } of labelled) {
		test(`when ${when}`, () => {
			assert.deepEqual(explain(declared, withDetails), reasons);
		});
	}
});
