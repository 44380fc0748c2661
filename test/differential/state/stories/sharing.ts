import { compose, idle, type Story } from '../story.ts';

const changed = 'environment: {X: "1"}';
const data = 'volumes: {data: {}}';
const restarting = 'depends_on: {a: {condition: service_started, restart: true}}';

/** Containers that use something of another one: namespaces, volumes, names. */
export const sharingStories: readonly Story[] = [
	{
		name: 'a shared network container is recreated while nothing is started',
		files: compose({ a: idle(), b: idle('network_mode: "service:a"') }),
		steps: [
			'up -d',
			{ write: compose({ a: idle(changed), b: idle('network_mode: "service:a"') }), run: 'create' },
			'start',
			'up -d',
		],
	},
	{
		name: 'create recreates what others restart with',
		files: compose({ a: idle(), b: idle(restarting), c: idle('depends_on: [a]') }),
		steps: [
			'up -d',
			{ write: compose({ a: idle(changed), b: idle(restarting), c: idle('depends_on: [a]') }), run: 'create' },
			'up -d',
		],
	},
	{
		name: 'sharers of sharers',
		files: compose(
			{
				a: idle('volumes: ["data:/data"]'),
				b: idle('volumes_from: [a], pid: "service:a"'),
				c: idle('volumes_from: ["b:ro"], network_mode: "service:b"'),
			},
			data,
		),
		steps: [
			'up -d',
			'up -d',
			{
				write: compose(
					{
						a: idle(`volumes: ["data:/data"], ${changed}`),
						b: idle('volumes_from: [a], pid: "service:a"'),
						c: idle('volumes_from: ["b:ro"], network_mode: "service:b"'),
					},
					data,
				),
				run: 'up -d',
			},
			'down -v',
		],
	},
	{
		name: 'what is shared was removed by hand',
		files: compose({ a: idle(), b: idle('network_mode: "service:a"') }),
		steps: ['up -d', { docker: 'rm -f @P@-a-1' }, 'up -d'],
	},
	{
		name: 'the first of several replicas is shared',
		files: compose({ a: idle('scale: 2'), b: idle('ipc: "service:a", network_mode: "service:a"') }),
		steps: ['up -d --scale a=1', 'up -d', 'up -d --scale a=3'],
	},
	{
		name: 'a sharer alone, without what it shares being looked at',
		files: compose({ a: idle(), b: idle('network_mode: "service:a"') }),
		steps: [
			'up -d',
			{ write: compose({ a: idle(changed), b: idle('network_mode: "service:a"') }), run: 'up -d --no-deps b' },
			'up -d b',
		],
	},
	{
		name: 'what is shared has no container',
		files: compose({ a: idle(), b: idle('network_mode: "service:a"') }),
		steps: ['up -d --no-deps b'],
		kept: 'labc says so before it makes anything; docker compose has made the networks by then',
	},
	{
		name: 'replicas, one-offs and links',
		files: compose({ a: idle('scale: 2'), b: idle('links: [a, "a:other"], scale: 2') }),
		steps: ['up -d', 'up -d', { run: 'run --rm b true' }, 'up -d --scale a=1'],
	},
	{
		name: 'links on the default bridge',
		files: compose({ a: idle('network_mode: bridge'), b: idle('network_mode: bridge, links: [a]') }),
		steps: ['up -d', 'up -d', 'up -d --force-recreate', 'down'],
	},
	{
		name: 'a one-off shares what its service shares',
		files: compose(
			{ a: idle('volumes: ["data:/data"]'), b: idle('volumes_from: [a], network_mode: "service:a"') },
			data,
		),
		steps: ['up -d a', { run: 'run --rm b touch /data/x' }, 'exec -T a test -e /data/x'],
	},
	{
		name: 'a linked service is recreated',
		files: compose({ a: idle(), b: idle('links: [a]') }),
		steps: ['up -d', { write: compose({ a: idle(changed), b: idle('links: [a]') }), run: 'up -d' }],
	},
];
