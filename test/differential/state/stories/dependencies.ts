import { compose, idle, job, type Story } from '../story.ts';

const healthy = 'healthcheck: {test: "test -e /ready || { touch /ready; exit 1; }", interval: 200ms, retries: 20}';
const never = 'healthcheck: {test: "false", interval: 100ms, retries: 1}';
const on = (service: string, condition: string, more = ''): string =>
	`depends_on: {${service}: {condition: ${condition}${more}}}`;
const settled = { 'a-1': 'exited' };

/** What starts, stops and is recreated with what. */
export const dependencyStories: readonly Story[] = [
	{
		name: 'a diamond of healthy services',
		files: compose({
			a: idle(healthy),
			b: idle(`${on('a', 'service_healthy')}, ${healthy}`),
			c: idle(on('a', 'service_healthy')),
			d: idle('depends_on: {b: {condition: service_healthy}, c: {condition: service_started}}'),
		}),
		steps: ['up -d', 'up -d', 'stop a', 'up -d', 'down'],
	},
	{
		name: 'a dependency that never gets healthy',
		files: compose({ a: idle(never), b: idle(on('a', 'service_healthy')), c: idle() }),
		steps: ['up -d', 'down'],
	},
	{
		name: 'a dependency that need not get healthy',
		files: compose({ a: idle(never), b: idle(on('a', 'service_healthy', ', required: false')) }),
		steps: ['up -d'],
	},
	{
		name: 'a dependency without a health check',
		files: compose({ a: idle(), b: idle(on('a', 'service_healthy')) }),
		steps: ['up -d'],
	},
	{
		name: 'a job that must succeed and does',
		files: compose({ a: job('exit 0'), b: idle(on('a', 'service_completed_successfully')) }),
		steps: ['up -d', { run: 'up -d', settle: settled }],
	},
	{
		name: 'a job that must succeed and fails',
		files: compose({ a: job('exit 6'), b: idle(on('a', 'service_completed_successfully')) }),
		steps: [
			{ run: 'up -d', settle: settled },
			{ run: 'up -d', settle: settled },
		],
	},
	{
		name: 'a dependency in a profile that is not active need not be there',
		files: compose({ a: idle('profiles: [more]'), b: idle(on('a', 'service_started', ', required: false')) }),
		steps: ['up -d', '--profile more up -d', 'up -d'],
	},
	{
		name: 'what restarts with its dependency',
		files: compose({ a: idle(), b: idle(on('a', 'service_started', ', restart: true')), c: idle('depends_on: [b]') }),
		steps: ['up -d', 'restart a', 'up -d --force-recreate a', 'restart --no-deps a'],
	},
	{
		name: 'up that waits for health',
		files: compose({ a: idle(healthy), b: idle('depends_on: [a]') }),
		steps: ['up -d --wait', 'up -d --wait'],
	},
	{ name: 'up that waits for what never comes', files: compose({ a: idle(never) }), steps: ['up -d --wait'] },
	{
		name: 'up that waits a limited time',
		files: compose({ a: idle('healthcheck: {test: "false", interval: 10s, retries: 9}') }),
		steps: ['up -d --wait --wait-timeout 1'],
	},
	{
		name: 'a one-off job starts what it needs and waits for it',
		files: compose({ a: idle(healthy), b: job('echo done', on('a', 'service_healthy')) }),
		steps: [
			{ run: 'run --rm b', prints: 'lines' },
			{ run: 'run --rm --no-deps b', prints: 'lines' },
		],
	},
	{
		name: 'a one-off job whose dependency fails',
		files: compose({ a: idle(never), b: job('echo done', on('a', 'service_healthy')) }),
		steps: [{ run: 'run --rm b', prints: 'lines' }],
	},
	{
		name: 'start brings what a service needs',
		files: compose({ a: idle(healthy), b: idle(on('a', 'service_healthy')) }),
		steps: ['create', 'start b', 'stop', 'start b'],
	},
	{
		name: 'another container shares the network of a service',
		files: compose({ a: idle(), b: idle('network_mode: "service:a"') }),
		steps: ['up -d', 'up -d', 'up -d --force-recreate a', 'restart a'],
	},
	{
		name: 'another container shares the processes of a service',
		files: compose({ a: idle('ipc: shareable'), b: idle('pid: "service:a", ipc: "service:a"') }),
		steps: ['up -d', 'stop a', 'up -d'],
	},
];
