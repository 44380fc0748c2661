import { compose, idle, job, type Story } from '../story.ts';

const slow = 'healthcheck: {test: [CMD, "true"], interval: 60s, start_period: 30s, start_interval: 200ms}';
const asked = (run: string) => ({ run, prints: 'sorted' }) as const;

/** Names, ports, addresses and namespaces that only one can have, or that several share. */
export const placeStories: readonly Story[] = [
	{
		name: 'a health check that looks often at first',
		files: compose({ a: idle(slow), b: idle('depends_on: {a: {condition: service_healthy}}') }),
		steps: ['up -d', 'up -d --wait', 'down'],
	},
	{
		name: 'a health check that looks often at first, without a first time',
		files: compose({ a: idle('healthcheck: {test: [CMD, "true"], interval: 60s, start_interval: 1s}') }),
		steps: ['up -d', 'down'],
	},
	{
		name: 'ipc of a service, of a container and of its own',
		files: compose({
			a: idle('ipc: shareable'),
			b: idle('ipc: "service:a"'),
			c: idle('ipc: private'),
			d: idle('ipc: host'),
		}),
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'two services want one name',
		files: compose({ a: idle('container_name: @P@-wanted'), b: idle('container_name: @P@-wanted') }),
		steps: ['up -d', 'up -d a', 'up -d b', 'down'],
	},
	{
		name: 'a foreign container has the name',
		files: compose({ a: idle('container_name: @P@-foreign') }),
		steps: [
			{ docker: 'create --name @P@-foreign labc/busybox:latest true' },
			'up -d',
			{ docker: 'rm @P@-foreign' },
			'up -d',
			'down',
		],
	},
	{
		name: 'a name of its own and replicas',
		kept: 'refused before anything is made; docker compose makes the network first',
		files: compose({ a: idle('container_name: @P@-single') }),
		steps: ['up -d --scale a=2', 'up -d', 'scale a=2', 'down'],
	},
	{
		name: 'replicas take ports out of a range',
		files: compose({ a: idle('ports: ["127.0.0.1:48900-48904:80"]') }),
		steps: ['up -d --scale a=5', asked('ps --services'), 'up -d --scale a=5', 'down'],
	},
	{
		name: 'a range of ports only for other containers',
		files: compose({ a: idle('expose: ["7000-7003", "9000/udp"]') }),
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'a port and several addresses',
		files: compose({ a: idle('ports: ["127.0.0.1:28910:80", "127.0.0.2:28910:80", "28911:81/udp"]') }),
		steps: ['up -d', asked('port a 80'), asked('port --protocol udp a 81'), 'port a 99', 'down'],
	},
	{
		name: 'addresses that the file gives',
		files: compose(
			{ a: idle('networks: {n: {ipv4_address: 10.219.77.10, mac_address: "02:42:0a:db:4d:0a"}}') },
			'networks: {n: {ipam: {config: [{subnet: 10.219.77.0/24, ip_range: 10.219.77.128/25, gateway: 10.219.77.1}]}}}',
		),
		steps: ['up -d', 'up -d', 'up -d --force-recreate', 'down'],
	},
	{
		name: 'an address is taken',
		files: compose(
			{
				a: idle('networks: {n: {ipv4_address: 10.219.78.10}}'),
				b: idle('depends_on: [a], networks: {n: {ipv4_address: 10.219.78.10}}'),
			},
			'networks: {n: {ipam: {config: [{subnet: 10.219.78.0/24}]}}}',
		),
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'the name of an interface and the options of an endpoint',
		files: compose(
			{ a: idle('networks: {n: {interface_name: lab0, gw_priority: 1, driver_opts: {k: v}}}') },
			'networks: {n: {}}',
		),
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'one external volume takes the place of another',
		files: compose({ a: idle('volumes: ["data:/data"]') }, 'volumes: {data: {external: true, name: @P@_first}}'),
		steps: [
			{ docker: 'volume create @P@_first' },
			{ docker: 'volume create @P@_other' },
			'up -d',
			{
				write: compose({ a: idle('volumes: ["data:/data"]') }, 'volumes: {data: {external: true, name: @P@_other}}'),
				run: 'up -d',
			},
			'down -v',
			{ docker: 'volume rm @P@_first @P@_other' },
		],
	},
	{
		name: 'a volume that is a folder',
		files: compose(
			{ a: idle('volumes: ["data:/data"]') },
			'volumes: {data: {driver: local, driver_opts: {type: none, o: bind, device: /tmp}}}',
		),
		steps: ['up -d', 'up -d', 'down -v'],
	},
	{
		name: 'all resources are made, used or not',
		files: compose({ a: idle() }, 'volumes: {data: {}}\nnetworks: {n: {}, default: {}}'),
		steps: ['--all-resources up -d', 'up -d', 'down -v', '--all-resources down -v'],
	},
	{
		name: 'what is shared is gone and dependencies are left alone',
		files: compose({ a: idle(), b: idle('volumes_from: [a]'), c: idle('network_mode: "service:a"') }),
		steps: ['up -d', { docker: 'rm -f @P@-a-1' }, 'up -d --no-deps b', 'up -d --no-deps c', 'up -d', 'down'],
	},
	{
		name: 'a healthy dependency stays while what needs it is recreated',
		files: compose({
			a: idle('healthcheck: {test: [CMD, "true"], interval: 300ms}'),
			b: idle('depends_on: {a: {condition: service_healthy}}'),
		}),
		steps: ['up -d', 'up -d --force-recreate --no-deps b', 'up -d'],
	},
	{
		name: 'a dependency ends before it is healthy',
		files: compose({
			a: job('exit 2', 'healthcheck: {test: [CMD, "false"], interval: 300ms}'),
			b: idle('depends_on: {a: {condition: service_healthy}}'),
		}),
		steps: ['up -d', 'down'],
	},
	{
		name: 'one-off jobs are left alone by stop, start and restart',
		files: compose({ a: idle() }),
		steps: ['up -d', 'run -d a', 'stop', 'start', 'restart', 'up -d', 'down', 'down --remove-orphans'],
	},
	{
		name: 'pause what is paused, what does not run and what is not there',
		files: compose({ a: idle(), b: idle() }),
		steps: [
			'pause',
			'up -d',
			'pause a',
			'pause a',
			'pause',
			'pause zz',
			'unpause b',
			'unpause a',
			'stop b',
			'pause b',
			'down',
		],
	},
	{
		name: 'scaling brings dependencies back to their number, or leaves them',
		files: compose({ a: idle('scale: 2'), b: idle('depends_on: [a]') }),
		steps: ['up -d', 'up -d --scale a=3', 'scale b=2', 'up -d --scale a=1', 'scale --no-deps b=3', 'up -d', 'down'],
	},
	{
		name: 'a dependency outside of the profiles need not be there for a one-off job',
		files: compose({
			a: job('echo here', 'depends_on: {b: {condition: service_started, required: false}}'),
			b: idle('profiles: [later]'),
		}),
		steps: [asked('run --rm a'), 'up -d', 'down'],
	},
];
