import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { explainChange } from '../../../src/plan/explain-change.ts';
import { container, image, project, service } from '../../support/plan-cases.ts';

type Unread = Readonly<Record<string, unknown>>;

interface Case {
	readonly when: string;
	readonly declared?: Partial<Service>;
	readonly config?: Unread;
	readonly hostConfig?: Unread;
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
		reasons: ['working_dir: / → /work', 'user: (none) → 1000'],
	},
	{
		when: 'the terminal is gone',
		config: { Tty: true, OpenStdin: true },
		reasons: ['tty: true → (none)', 'stdin_open: true → (none)'],
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
		reasons: ['mem_limit: 536870912 → 1073741824'],
	},
	{
		when: 'rights changed',
		declared: { privileged: true, cap_add: ['NET_ADMIN', 'IPC_LOCK'], init: true },
		hostConfig: { CapAdd: ['IPC_LOCK'], ReadonlyRootfs: true },
		reasons: [
			'privileged: (none) → true',
			'read_only: true → (none)',
			'init: (none) → true',
			'cap_add: IPC_LOCK → IPC_LOCK, NET_ADMIN',
		],
	},
	{
		when: 'the engine answers nonsense',
		config: { Env: 7, Cmd: 'x', Labels: [] },
		hostConfig: { PortBindings: null, Mounts: 'x' },
		reasons: unexplained,
	},
];

const lab = project({ services: { web: service() } });

for (const [theme, cases] of Object.entries({ environment, process, host })) {
	describe(`explainChange: ${theme}`, () => {
		for (const { when, declared = {}, config = {}, hostConfig = {}, image: own = {}, reasons } of cases) {
			test(`when ${when}`, () => {
				const details = {
					id: 'x',
					name: 'x',
					state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' } as const,
					config,
					hostConfig,
					tty: false,
					mounts: [],
				};
				const observed = { ...container(lab, { service: 'web' }), details };
				assert.deepEqual(explainChange(observed, service(declared), image({ config: own })), reasons);
			});
		}
	});
}

test('explainChange without details says only that something differs', () => {
	assert.deepEqual(explainChange(container(lab, { service: 'web' }), service(), image()), unexplained);
});
