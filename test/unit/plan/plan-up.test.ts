import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import {
	container,
	foreign,
	idOf,
	image,
	needs,
	networkSummary,
	otherImageId,
	project,
	service,
	state,
	stateOf,
	volumeSummary,
} from '../../support/plan-cases.ts';

const web = project({ services: { web: service() } });
const changed = service({ environment: { LR: '0.2' } });

const chain = project({
	services: {
		db: service(),
		migrate: service({ depends_on: { db: needs('service_healthy') } }),
		api: service({
			depends_on: {
				db: needs('service_healthy'),
				migrate: needs('service_completed_successfully', { required: false }),
			},
		}),
	},
});

const pair = project({
	services: { db: service(), api: service({ depends_on: { db: needs('service_started', { restart: true }) } }) },
});

const store = project({
	services: { web: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }) },
	volumes: { data: { name: 'lab_data' } },
});

const port = (published: string) => ({ mode: 'ingress', target: 80, published, protocol: 'tcp' });
const held = (publicPort: number) => [{ ip: '0.0.0.0', privatePort: 80, publicPort, type: 'tcp' }];

const short = (name: string): string => idOf(name).slice(0, 12);

interface Case {
	readonly when: string;
	readonly project?: Project;
	readonly state?: ObservedState;
	readonly options?: UpOptions;
	readonly plan: readonly string[];
	readonly warnings?: readonly string[];
}

const freshAndRunning: readonly Case[] = [
	{
		when: 'nothing is there',
		state: state(),
		plan: [
			'1 network.create lab_default: not found',
			'2 container.create lab-web-1 after 1: not found',
			'3 container.start lab-web-1 after 2: new',
		],
	},
	{
		when: 'what no service uses was asked for too',
		project: {
			...project({
				services: { web: service() },
				networks: { default: { name: 'lab_default', ipam: {} }, spare: { name: 'lab_spare', ipam: {} } },
				volumes: { spare: { name: 'lab_spare' } },
			}),
			makesAllResources: true,
		},
		options: { start: false },
		state: state(),
		plan: [
			'1 network.create lab_default: not found',
			'2 network.create lab_spare: not found',
			'3 volume.create lab_spare: not found',
			'4 container.create lab-web-1 after 1: not found',
		],
	},
	{ when: 'everything is as declared', plan: [] },
	{ when: 'everything is as declared and --wait asks for readiness', options: { wait: true }, plan: [] },
	{
		when: 'containers are only to be made',
		state: state(),
		options: { start: false, wait: true },
		plan: ['1 network.create lab_default: not found', '2 container.create lab-web-1 after 1: not found'],
	},
	{
		when: 'the container exited',
		state: stateOf(web, { containers: [container(web, { service: 'web', state: 'exited', exitCode: 3 })] }),
		plan: ['1 container.start lab-web-1: exited (3)'],
	},
	{
		when: 'the container was made and never started',
		state: stateOf(web, { containers: [container(web, { service: 'web', state: 'created' })] }),
		plan: ['1 container.start lab-web-1: not started yet'],
	},
	{
		when: 'the container is paused',
		state: stateOf(web, { containers: [container(web, { service: 'web', state: 'paused' })] }),
		plan: ['1 container.unpause lab-web-1: paused'],
	},
	{
		when: 'the container is about to be restarted by the engine',
		state: stateOf(web, { containers: [container(web, { service: 'web', state: 'restarting' })] }),
		plan: [],
	},
	{
		when: 'the health check has not answered yet and --wait asks for readiness',
		state: stateOf(web, { containers: [container(web, { service: 'web', health: 'starting' })] }),
		options: { wait: true },
		plan: ['1 container.await lab-web-1 (running_or_healthy): to be up before the command ends'],
	},
	{
		when: 'the service has a name of its own and a folder from the host',
		project: project({ services: { web: service({ container_name: 'ml', network_mode: 'host', networks: {} }) } }),
		state: state(),
		plan: ['1 container.create ml: not found', '2 container.start ml after 1: new'],
	},
];

const dependencies: readonly Case[] = [
	{
		when: 'nothing of a chain is there',
		project: chain,
		state: state(),
		options: { wait: true },
		plan: [
			'1 network.create lab_default: not found',
			'2 container.create lab-db-1 after 1: not found',
			'3 container.start lab-db-1 after 2: new',
			'4 container.await lab-db-1 (service_healthy) after 3: others wait until it is healthy',
			'5 container.create lab-migrate-1 after 1: not found',
			'6 container.start lab-migrate-1 after 4, 5: new',
			'7 container.await lab-migrate-1 (service_completed_successfully) after 6: others wait until it has ended well',
			'8 container.create lab-api-1 after 1: not found',
			'9 container.start lab-api-1 after 4, 7, 8: new',
			'10 container.await lab-migrate-1 (service_completed_successfully) after 6: others wait until it has ended well',
			'11 container.await lab-api-1 (running_or_healthy) after 9: to be up before the command ends',
		],
	},
	{
		when: 'a one-shot ended well: it runs again',
		project: chain,
		state: stateOf(chain, {
			containers: [
				container(chain, { service: 'db', health: 'healthy' }),
				container(chain, { service: 'migrate', state: 'exited', exitCode: 0 }),
				container(chain, { service: 'api' }),
			],
		}),
		plan: [
			'1 container.start lab-migrate-1: exited (0)',
			'2 container.await lab-migrate-1 (service_completed_successfully) after 1: others wait until it has ended well',
		],
	},
	{
		when: 'a dependency is not healthy though its dependents run',
		project: chain,
		options: { services: ['migrate'] },
		state: stateOf(chain, { containers: ['db', 'migrate'].map((name) => container(chain, { service: name })) }),
		plan: ['1 container.await lab-db-1 (service_healthy): others wait until it is healthy'],
	},
	{
		when: 'only one service is named: its dependencies come along, nothing else',
		project: chain,
		state: state({ networks: [networkSummary(chain, 'default')] }),
		options: { services: ['db'] },
		plan: ['1 container.create lab-db-1: not found', '2 container.start lab-db-1 after 1: new'],
	},
	{
		when: 'dependencies are to be left alone',
		project: chain,
		state: state({ networks: [networkSummary(chain, 'default')] }),
		options: { services: ['api'], noDeps: true },
		plan: ['1 container.create lab-api-1: not found', '2 container.start lab-api-1 after 1: new'],
	},
	{
		when: 'a dependency has no containers: nobody waits for it',
		project: chain,
		state: state({ networks: [networkSummary(chain, 'default')] }),
		options: { services: ['migrate'], scale: new Map([['db', 0]]) },
		plan: ['1 container.create lab-migrate-1: not found', '2 container.start lab-migrate-1 after 1: new'],
	},
	{
		when: 'a dependent asks to be restarted with what it depends on',
		project: pair,
		state: stateOf(pair, {
			containers: [container(pair, { service: 'db', madeFrom: changed }), container(pair, { service: 'api' })],
		}),
		plan: [
			`1 container.create ${short('lab-db-1')}_lab-db-1: configuration hash differs`,
			'2 container.stop lab-api-1 after 1: db is recreated',
			'3 container.stop lab-db-1 after 1, 2: replaced',
			`4 container.rename lab-db-1 to ${short('lab-db-1')}_lab-db-1_replaced after 1, 2, 3: replaced`,
			`5 container.rename ${short('lab-db-1')}_lab-db-1 to lab-db-1 after 4: takes the name of the old one`,
			'6 container.start lab-db-1 after 5: takes the place of the old one',
			`7 container.remove ${short('lab-db-1')}_lab-db-1_replaced after 6: replaced`,
			'8 container.start lab-api-1 after 2, 6: stopped by this plan',
		],
	},
];

const replaced = (name: string, reasons: readonly string[], running = true): readonly string[] => {
	const [first = '', ...more] = reasons;
	const temporary = `${short(name)}_${name}`;
	const head = `1 container.create ${temporary}:`;
	const create = more.length === 0 ? [`${head} ${first}`] : [head, ...reasons.map((reason) => `    ${reason}`)];
	const [stop, next] = running ? [[`2 container.stop ${name} after 1: replaced`], 3] : [[], 2];
	return [
		...create,
		...stop,
		`${next} container.rename ${name} to ${temporary}_replaced after ${running ? '1, 2' : '1'}: replaced`,
		`${next + 1} container.rename ${temporary} to ${name} after ${next}: takes the name of the old one`,
		`${next + 2} container.start ${name} after ${next + 1}: takes the place of the old one`,
		`${next + 3} container.remove ${temporary}_replaced after ${next + 2}: replaced`,
	];
};

const recreation: readonly Case[] = [
	{
		when: 'the configuration changed',
		state: stateOf(web, { containers: [container(web, { service: 'web', madeFrom: changed })] }),
		plan: replaced('lab-web-1', ['configuration hash differs']),
	},
	{
		when: 'the configuration changed and the old container does not run',
		state: stateOf(web, {
			containers: [container(web, { service: 'web', madeFrom: changed, state: 'exited', exitCode: 0 })],
		}),
		plan: replaced('lab-web-1', ['configuration hash differs'], false),
	},
	{
		when: 'the image behind the tag is another one',
		state: stateOf(web, { images: { app: image({ id: otherImageId }) } }),
		plan: replaced('lab-web-1', ['image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…']),
	},
	{ when: 'the image is not there any more', state: stateOf(web, { images: {} }), plan: [] },
	{
		when: 'configuration and image changed and inspect tells more',
		state: stateOf(web, {
			images: { app: image({ id: otherImageId }) },
			containers: [
				{
					...container(web, { service: 'web', madeFrom: changed }),
					details: {
						id: 'x',
						name: 'x',
						state: { status: 'running', running: true, exitCode: 0, oomKilled: false, error: '' },
						config: { Env: ['LR=0.2'] },
						hostConfig: {},
						endpoints: {},
						tty: false,
						mounts: [],
					},
				},
			],
		}),
		plan: replaced('lab-web-1', ['environment.LR: 0.2 → (none)', 'image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…']),
	},
	{
		when: 'a running container is not on its network',
		state: stateOf(web, { containers: [container(web, { service: 'web', networks: new Map() })] }),
		plan: replaced('lab-web-1', ['networks.default: not attached']),
	},
	{
		when: 'a stopped container was on a network of that name which is gone',
		state: stateOf(web, {
			containers: [
				container(web, {
					service: 'web',
					state: 'exited',
					networks: new Map([['lab_default', { networkId: 'gone' }]]),
				}),
			],
		}),
		plan: replaced('lab-web-1', ['networks.default: not attached'], false),
	},
	{
		when: 'a volume is not mounted',
		project: store,
		state: stateOf(store, { containers: [container(store, { service: 'web', mounts: [] })] }),
		plan: replaced('lab-web-1', ['volumes.data: `lab_data` is not mounted']),
	},
	{
		when: 'recreation is asked for',
		options: { recreate: 'force' },
		plan: replaced('lab-web-1', ['recreation was asked for']),
	},
	{
		when: 'new anonymous volumes are asked for',
		options: { renewAnonymousVolumes: true },
		plan: replaced('lab-web-1', ['recreation was asked for']),
	},
	{
		when: 'recreation is forbidden though the configuration changed',
		state: stateOf(web, { containers: [container(web, { service: 'web', madeFrom: changed })] }),
		options: { recreate: 'never' },
		plan: [],
	},
	{
		when: 'recreation is asked for a service: its dependencies stay',
		project: pair,
		options: { recreate: 'force', services: ['api'] },
		plan: replaced('lab-api-1', ['recreation was asked for']),
	},
	{
		when: 'recreation is asked for dependencies only',
		project: pair,
		state: stateOf(pair, { containers: [container(pair, { service: 'db' })] }),
		options: { alwaysRecreateDeps: true, services: ['api'], start: false },
		plan: [
			`1 container.create ${short('lab-db-1')}_lab-db-1: recreation was asked for`,
			'2 container.stop lab-db-1 after 1: replaced',
			`3 container.rename lab-db-1 to ${short('lab-db-1')}_lab-db-1_replaced after 1, 2: replaced`,
			`4 container.rename ${short('lab-db-1')}_lab-db-1 to lab-db-1 after 3: takes the name of the old one`,
			`5 container.remove ${short('lab-db-1')}_lab-db-1_replaced after 4: replaced`,
			'6 container.create lab-api-1: not found',
		],
	},
	{
		when: 'an earlier replacement broke off and left both',
		state: stateOf(web, {
			containers: [
				container(web, { service: 'web', madeFrom: changed }),
				container(web, { service: 'web', name: `${short('lab-web-1')}_lab-web-1`, state: 'created' }),
			],
		}),
		plan: [
			'1 container.stop lab-web-1: replaced',
			`2 container.rename lab-web-1 to ${short('lab-web-1')}_lab-web-1_replaced after 1: replaced`,
			`3 container.rename ${short('lab-web-1')}_lab-web-1 to lab-web-1 after 2: takes the name of the old one`,
			'4 container.start lab-web-1 after 3: takes the place of the old one',
			`5 container.remove ${short('lab-web-1')}_lab-web-1_replaced after 4: replaced`,
		],
	},
	{
		when: 'an earlier replacement broke off before the new one was started',
		state: stateOf(web, {
			containers: [
				container(web, {
					service: 'web',
					name: `${short('lab-web-1')}_lab-web-1_replaced`,
					madeFrom: changed,
					state: 'exited',
				}),
				container(web, { service: 'web', state: 'created' }),
			],
		}),
		plan: [
			'1 container.start lab-web-1: takes the place of the old one',
			`2 container.remove ${short('lab-web-1')}_lab-web-1_replaced after 1: replaced`,
		],
	},
	{
		when: 'an earlier replacement broke off before the old one was removed',
		state: stateOf(web, {
			containers: [
				container(web, {
					service: 'web',
					name: `${short('lab-web-1')}_lab-web-1_replaced`,
					madeFrom: changed,
					state: 'exited',
				}),
				container(web, { service: 'web' }),
			],
		}),
		plan: [`1 container.remove ${short('lab-web-1')}_lab-web-1_replaced: an earlier replacement broke off`],
	},
];

const three = [1, 2, 3].map((number) => container(web, { service: 'web', number }));

const scaling: readonly Case[] = [
	{
		when: 'more containers are wanted: numbers go on after the highest',
		state: stateOf(web, { containers: [container(web, { service: 'web', number: 3 })] }),
		options: { scale: new Map([['web', 3]]) },
		plan: [
			'1 container.create lab-web-4: not found',
			'2 container.start lab-web-4 after 1: new',
			'3 container.create lab-web-5: not found',
			'4 container.start lab-web-5 after 3: new',
		],
	},
	{
		when: 'fewer containers are wanted: the highest numbers go',
		state: stateOf(web, { containers: three }),
		plan: [
			'1 container.stop lab-web-3: replicas: 3 → 1',
			'2 container.remove lab-web-3 after 1: replicas: 3 → 1',
			'3 container.stop lab-web-2: replicas: 3 → 1',
			'4 container.remove lab-web-2 after 3: replicas: 3 → 1',
		],
	},
	{
		when: 'fewer containers are wanted and one is out of date: that one goes first',
		state: stateOf(web, {
			containers: [container(web, { service: 'web', number: 1, madeFrom: changed }), ...three.slice(1)],
		}),
		options: { scale: new Map([['web', 2]]) },
		plan: ['1 container.stop lab-web-1: replicas: 3 → 2', '2 container.remove lab-web-1 after 1: replicas: 3 → 2'],
	},
	{
		when: 'the file says how many',
		project: project({ services: { web: service({ deploy: { replicas: 2, resources: {}, placement: {} } }) } }),
		plan: ['1 container.create lab-web-2: not found', '2 container.start lab-web-2 after 1: new'],
	},
	{
		when: 'no container is wanted',
		options: { scale: new Map([['web', 0]]) },
		plan: ['1 container.stop lab-web-1: replicas: 1 → 0', '2 container.remove lab-web-1 after 1: replicas: 1 → 0'],
	},
	{
		when: 'host ports come from a range: starts go one by one, over all services',
		project: project({
			services: { a: service({ ports: [port('8000-8005')], scale: 2 }), b: service({ ports: [port('9000-9001')] }) },
		}),
		state: state({ networks: [networkSummary(web, 'default')] }),
		plan: [
			'1 container.create lab-a-1: not found',
			'2 container.start lab-a-1 after 1: new',
			'3 container.create lab-a-2: not found',
			'4 container.start lab-a-2 after 2, 3: new',
			'5 container.create lab-b-1: not found',
			'6 container.start lab-b-1 after 4, 5: new',
		],
	},
	(() => {
		const swapped = project({
			services: { a: service({ ports: [port('8000')] }), b: service({ ports: [port('8001')] }) },
		});
		return {
			when: 'a port moves to another service: who has it stops first',
			project: swapped,
			state: stateOf(swapped, {
				containers: [
					container(swapped, { service: 'b', madeFrom: service({ ports: [port('8000')] }), ports: held(8000) }),
				],
			}),
			plan: [
				'1 container.create lab-a-1: not found',
				'2 container.stop lab-b-1: host port 8000 is needed by a',
				'3 container.start lab-a-1 after 1, 2: new',
				`4 container.create ${short('lab-b-1')}_lab-b-1: configuration hash differs`,
				`5 container.rename lab-b-1 to ${short('lab-b-1')}_lab-b-1_replaced after 2, 4: replaced`,
				`6 container.rename ${short('lab-b-1')}_lab-b-1 to lab-b-1 after 5: takes the name of the old one`,
				'7 container.start lab-b-1 after 6: takes the place of the old one',
				`8 container.remove ${short('lab-b-1')}_lab-b-1_replaced after 7: replaced`,
			],
		};
	})(),
];

const stranger = { ...container(web, { service: 'old' }) };
const orphanWarning = ['Found orphan containers ([lab-old-1]) for this project'];

const orphans: readonly Case[] = [
	{
		when: 'a container belongs to no service',
		state: stateOf(web, { containers: [stranger, container(web, { service: 'web' })] }),
		plan: [],
		warnings: orphanWarning,
	},
	{
		when: 'orphans are to be ignored',
		state: stateOf(web, { containers: [stranger, container(web, { service: 'web' })] }),
		options: { orphans: 'ignore' },
		plan: [],
	},
	{
		when: 'orphans are to be removed',
		state: stateOf(web, { containers: [stranger, container(web, { service: 'web' })] }),
		options: { orphans: 'remove' },
		plan: [
			'1 container.stop lab-old-1: orphan: service `old` is not in the file',
			'2 container.remove lab-old-1 after 1: orphan: service `old` is not in the file',
		],
	},
	{
		when: 'an orphan holds the name that a service wants',
		project: project({ services: { web: service({ container_name: 'lab-old-1' }) } }),
		state: stateOf(web, { containers: [{ ...stranger, state: 'exited' }] }),
		options: { orphans: 'remove' },
		plan: [
			'1 container.remove lab-old-1: orphan: service `old` is not in the file',
			'2 container.create lab-old-1 after 1: not found',
			'3 container.start lab-old-1 after 2: new',
		],
	},
	{
		when: 'a service is only switched off by its profile',
		project: project({ services: { web: service() }, disabled: { old: service() } }),
		state: stateOf(web, { containers: [stranger, container(web, { service: 'web' })] }),
		options: { orphans: 'remove' },
		plan: [],
	},
	{
		when: 'one one-off ended and another one runs',
		state: stateOf(web, {
			containers: [
				container(web, { service: 'web' }),
				container(web, { service: 'web', oneOff: true, name: 'lab-web-run-1', state: 'exited' }),
				container(web, { service: 'web', oneOff: true, name: 'lab-web-run-2' }),
			],
		}),
		options: { orphans: 'remove' },
		plan: ['1 container.remove lab-web-run-1: one-off container that ended'],
	},
];

const resources: readonly Case[] = [
	{
		when: 'a network changed: its containers keep themselves',
		state: stateOf(web, {
			networks: [networkSummary(web, 'default', { name: 'lab_default', ipam: {}, internal: true })],
		}),
		plan: [
			'1 container.stop lab-web-1: network default is recreated',
			'2 network.disconnect default lab-web-1 after 1: network default is recreated',
			'3 network.remove lab_default after 2: configuration hash differs',
			'4 network.create lab_default after 3: recreated',
			'5 network.connect default lab-web-1 after 4: network default is recreated',
			'6 container.start lab-web-1 after 2, 5: stopped by this plan',
		],
	},
	{
		when: 'a network changed that containers of other services are on',
		project: pair,
		options: { services: ['db'] },
		state: stateOf(pair, {
			networks: [networkSummary(pair, 'default', { name: 'lab_default', ipam: {}, internal: true })],
		}),
		plan: [
			'1 container.stop lab-db-1: network default is recreated',
			'2 network.disconnect default lab-db-1 after 1: network default is recreated',
			'3 container.stop lab-api-1: network default is recreated',
			'4 network.disconnect default lab-api-1 after 3: network default is recreated',
			'5 network.remove lab_default after 2, 4: configuration hash differs',
			'6 network.create lab_default after 5: recreated',
			'7 network.connect default lab-db-1 after 6: network default is recreated',
			'8 network.connect default lab-api-1 after 6: network default is recreated',
			'9 container.start lab-db-1 after 2, 7: stopped by this plan',
			'10 container.start lab-api-1 after 4, 8: its network was recreated',
		],
	},
	{
		when: 'the network has no recorded hash',
		state: stateOf(web, {
			networks: [
				{
					id: idOf('lab_default'),
					name: 'lab_default',
					labels: { [label.project]: 'lab', [label.network]: 'default' },
				},
			],
		}),
		plan: [],
	},
	{
		when: "the network is another project's",
		state: stateOf(web, {
			networks: [foreign(networkSummary(web, 'default', { name: 'lab_default', ipam: {}, internal: true }), 'other')],
		}),
		plan: [],
		warnings: ['a network with name `lab_default` exists but was not created for project `lab`'],
	},
	{
		when: 'the volume changed: data are not lost without a word',
		project: store,
		state: stateOf(store, { volumes: [volumeSummary(store, 'data', { name: 'lab_data', driver: 'nfs' })] }),
		plan: [],
	},
	{
		when: 'the volume changed and its recreation was agreed to',
		project: store,
		state: stateOf(store, { volumes: [volumeSummary(store, 'data', { name: 'lab_data', driver: 'nfs' })] }),
		options: { recreateVolumes: 'all' },
		plan: [
			'1 container.stop lab-web-1: volume data is recreated',
			'2 container.remove lab-web-1 after 1: volume data is recreated',
			'3 volume.remove lab_data (destroys data) after 2: configuration hash differs',
			'4 volume.create lab_data after 3: recreated',
			'5 container.create lab-web-1 after 2, 4: volume data is recreated',
			'6 container.start lab-web-1 after 5: new',
		],
	},
	{
		when: "the volume is nobody's",
		project: store,
		state: stateOf(store, { volumes: [foreign(volumeSummary(store, 'data', { name: 'lab_data', driver: 'nfs' }))] }),
		options: { recreateVolumes: 'all' },
		plan: [],
		warnings: ['volume `lab_data` already exists but was not created by docker compose'],
	},
	{
		when: "the volume is another project's",
		project: store,
		state: stateOf(store, { volumes: [foreign(volumeSummary(store, 'data'), 'other')] }),
		plan: [],
		warnings: ['volume `lab_data` already exists but was created for project `other` (expected `lab`)'],
	},
	{
		when: 'an image is still to be built: the plan says what depends on it',
		options: {
			pendingImages: {
				warnings: [],
				steps: [
					{
						id: 1,
						operation: { type: 'image.build', services: ['web'] },
						dependsOn: [],
						reasons: ['web: image not found'],
					},
				],
			},
		},
		state: stateOf(web, { containers: [], images: {} }),
		plan: [
			'1 image.build web: web: image not found',
			'2 container.create lab-web-1 after 1:',
			'    not found',
			'    image: depends on the build of web',
			'3 container.start lab-web-1 after 2: new',
		],
	},
];

for (const [theme, cases] of Object.entries({
	freshAndRunning,
	dependencies,
	recreation,
	scaling,
	orphans,
	resources,
})) {
	describe(`planUp: ${theme}`, () => {
		for (const { when, project: of = web, state: found = stateOf(of), options = {}, plan, warnings = [] } of cases) {
			test(`when ${when}`, () => {
				const planned = planUp(of, found, options);
				assert.equal(formatPlan(planned), plan.join('\n'));
				assert.deepEqual(
					planned.warnings.map(({ message }) => message),
					warnings,
				);
			});
		}
	});
}

describe('planUp refuses', () => {
	const external = project({
		services: {
			web: service({ networks: { shared: null }, volumes: [{ type: 'volume', source: 'data', target: '/data' }] }),
		},
		networks: { shared: { name: 'shared', ipam: {}, external: true } },
		volumes: { data: { name: 'lake', external: true } },
	});

	test('external resources that are not there, all at once and with their places', () => {
		const at = { file: 'compose.yml', line: 3, column: 1, lineText: 'shared:' };
		assert.throws(() => planUp(external, state(), { locate: (path) => (path[1] === 'shared' ? at : undefined) }), {
			code: 'ENGINE_NOT_FOUND',
			at,
			message: 'network `shared` is declared as external, but the engine has none of that name',
			hint: 'Create it with `docker network create shared`, or remove `external: true`.',
			diagnostics: [
				{ path: 'networks.shared', at },
				{ path: 'volumes.data', at: undefined },
			].map(({ path, at: place }) => ({
				severity: 'error',
				code: 'ENGINE_NOT_FOUND',
				message: path.startsWith('n')
					? 'network `shared` is declared as external, but the engine has none of that name'
					: 'volume `lake` is declared as external, but the engine has none of that name',
				at: place,
				path,
				hint: path.startsWith('n')
					? 'Create it with `docker network create shared`, or remove `external: true`.'
					: 'Create it with `docker volume create lake`, or remove `external: true`.',
			})),
		});
	});

	const refusals = [
		{
			when: 'an unknown service',
			run: () => planUp(chain, state(), { services: ['migrat'] }),
			error: {
				code: 'SERVICE_UNKNOWN',
				message: 'there is no service `migrat` in this project',
				hint: 'Did you mean `migrate`?',
			},
		},
		{
			when: 'an unknown service that resembles none',
			run: () => planUp(pair, state(), { services: ['zz'] }),
			error: { code: 'SERVICE_UNKNOWN', hint: 'Name one of db, api.' },
		},
		{
			when: 'several containers of one name',
			run: () => planUp(project({ services: { web: service({ container_name: 'ml', scale: 2 }) } }), state()),
			error: { code: 'VALUE_INVALID', message: "service `web` can't have 2 containers all named `ml`" },
		},
		{
			when: 'a namespace of a service that has no container',
			run: () =>
				planUp(project({ services: { db: service({ scale: 0 }), web: service({ ipc: 'service:db' }) } }), state()),
			error: {
				code: 'CONTAINER_MISSING',
				message: 'service `web` shares its `ipc` with service `db`, which has no container',
			},
		},
		{
			when: 'a network of that name with another key',
			run: () => planUp(web, stateOf(web, { networks: [{ id: 'n', name: 'lab_default', labels: {} }] })),
			error: { code: 'ENGINE_CONFLICT', hint: 'Set `external: true` to use an existing network.' },
		},
	];
	for (const { when, run, error } of refusals) test(when, () => assert.throws(run, error));
});
