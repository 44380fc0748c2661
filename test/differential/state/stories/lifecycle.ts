import { compose, idle, job, type Story } from '../story.ts';

const one = compose({ a: idle() });
const two = compose({ a: idle(), b: idle('depends_on: [a]') });
const three = compose({ a: idle(), b: idle('depends_on: [a]'), c: idle('depends_on: [b]') });
const changed = compose({ a: idle('environment: {X: "1"}'), b: idle('depends_on: [a]') });
const signalled = compose({
	a: job('trap "exit 7" USR1; trap "exit 8" TERM; while :; do sleep 0.1; done', 'stop_grace_period: 0s'),
});
const asked = { prints: 'sorted' } as const;

/** Commands over a project's life. */
export const lifecycleStories: readonly Story[] = [
	{ name: 'up of one service, then of one that needs it', files: two, steps: ['up -d a', 'up -d b', 'up -d'] },
	{ name: 'up of the last of a chain brings the chain', files: three, steps: ['up -d c', 'down b', 'up -d b'] },
	{
		name: 'a dependency that changed is recreated with the service that is named',
		files: two,
		steps: ['up -d', { write: changed, run: 'up -d b' }, 'up -d'],
	},
	{
		name: 'a dependency that changed is left alone without dependencies',
		files: two,
		steps: ['up -d', { write: changed, run: 'up -d --no-deps b' }, 'up -d'],
	},
	{
		name: 'dependencies are recreated when they always are',
		files: two,
		steps: ['up -d', 'up -d --always-recreate-deps b'],
	},
	{
		name: 'force recreates what is named, not what it needs',
		files: two,
		steps: ['up -d', 'up -d --force-recreate b', 'up -d --force-recreate'],
	},
	{
		name: 'no-recreate keeps what changed',
		files: two,
		steps: ['up -d', { write: changed, run: 'up -d --no-recreate' }],
	},
	{
		name: 'no-start makes and recreates, and starts nothing',
		files: two,
		steps: ['up --no-start', { write: changed, run: 'up --no-start' }, 'start b', 'start'],
	},
	{
		name: 'create with a number of replicas',
		files: one,
		steps: ['create --scale a=2', 'start', 'create --scale a=1'],
	},
	{
		name: 'create again over what runs',
		files: two,
		steps: ['up -d', 'create', { write: changed, run: 'create' }, 'start'],
	},
	{
		name: 'scale two services at once',
		files: two,
		steps: ['up -d', 'scale a=2 b=3', 'scale --no-deps a=1', 'scale b=0'],
	},
	{ name: 'scale what is not up', files: two, steps: ['scale a=2', 'up -d'] },
	{
		name: 'a hole in the numbers',
		files: one,
		steps: ['up -d --scale a=3', { docker: 'rm -f @P@-a-2' }, 'up -d --scale a=3'],
	},
	{
		name: 'fewer replicas while the file changed',
		files: two,
		// One at a time: of replicas made at once, docker compose keeps those that chance made last.
		steps: ['up -d', 'up -d --scale a=2', 'up -d --scale a=3', { write: changed, run: 'up -d --scale a=2' }],
	},
	{ name: 'stop one of three, start all', files: three, steps: ['up -d', 'stop b', 'start', 'stop a c', 'start c'] },
	{ name: 'start what was never made', files: two, steps: ['start', 'up -d a', 'start', 'start b'] },
	{ name: 'restart what is stopped', files: two, steps: ['up -d', 'stop', 'restart', 'restart --no-deps b'] },
	{ name: 'restart what is not there', files: two, steps: ['restart', 'restart zz'] },
	{
		name: 'kill with a signal the program handles',
		files: signalled,
		steps: ['up -d', { run: 'kill -s SIGUSR1', settle: { 'a-1': 'exited' } }, 'kill'],
	},
	{ name: 'kill with no such signal', files: one, steps: ['up -d', 'kill -s NONE'] },
	{
		name: 'stop with the signal of the service',
		files: compose({ a: idle('stop_signal: SIGINT') }),
		steps: ['up -d', 'stop'],
	},
	{
		name: 'pause one of two, then all that runs',
		files: two,
		steps: ['up -d', 'pause a', 'unpause b', 'unpause a', 'pause zz'],
	},
	{
		name: 'remove the stopped, stop and remove',
		files: two,
		steps: ['up -d', 'rm -f', 'stop b', 'rm -f', 'rm -fs a', 'rm -f'],
	},
	{
		name: 'remove with anonymous volumes',
		files: compose({ a: idle('volumes: [/data]') }),
		steps: ['up -d', 'rm -fsv', 'up -d', 'rm -fs'],
	},
	{
		name: 'down of some, with orphans',
		files: two,
		steps: ['up -d', { write: one, run: 'down a' }, 'down --remove-orphans'],
	},
	{
		name: 'down of what the file no longer has',
		files: two,
		steps: ['up -d', { write: one, run: 'down' }, { write: two, run: 'down' }],
	},
	{
		name: 'wait for one of two jobs',
		files: compose({ a: job('exit 3'), b: job('sleep 8; exit 4') }),
		steps: [{ run: 'up -d', settle: { 'a-1': 'exited' } }, 'wait b'],
	},
	{
		name: 'wait for what has ended',
		files: compose({ a: job('exit 3') }),
		steps: [{ run: 'up -d', settle: { 'a-1': 'exited' } }, 'wait a'],
	},
	{
		name: 'one-off jobs leave the service alone',
		files: two,
		steps: [
			'up -d',
			{ run: 'run --rm a echo hello', prints: 'lines' },
			{ run: 'run --no-deps b sh -c "exit 9"', prints: 'lines' },
			'up -d',
			'down',
			'down --remove-orphans',
		],
	},
	{
		name: 'a one-off job has the name, user, folder and variables it is given',
		files: compose({ a: idle('environment: {X: file, Y: file}') }),
		steps: [
			{
				run: 'run --rm --name labcs-named -e X=line -u 1000 -w /tmp a sh -c "id -u; pwd; echo $X $Y"',
				prints: 'lines',
			},
			{
				write: { 'more.env': 'X=from file\nZ=1\n' },
				run: 'run --rm --env-from-file more.env a sh -c "echo $X $Z"',
				prints: 'lines',
			},
		],
	},
	{
		name: 'exec in replicas',
		files: compose({ a: idle('scale: 2') }),
		steps: [
			'up -d',
			{ run: 'exec -T --index 2 a hostname -s', prints: 'lines' },
			{ run: 'exec -T a sh -c "exit 5"', prints: 'lines' },
			{ run: 'exec -T -e K=v -w /tmp -u 7 a sh -c "echo $K; pwd; id -u"', prints: 'lines' },
			'exec -T --index 3 a true',
		],
	},
	{
		name: 'what runs, by state',
		files: compose({ a: idle(), b: job('exit 2'), c: idle('profiles: [more]') }),
		steps: [
			{ run: 'up -d', settle: { 'b-1': 'exited' } },
			{ run: 'ps --services', ...asked },
			{ run: 'ps -a --services --status exited', ...asked },
			{ run: 'ps -q', ...asked },
			{ run: '--profile more ps -a --services', ...asked },
			{ run: 'ls -q --filter name=none', ...asked },
		],
	},
	{
		name: 'two projects of one file',
		files: one,
		steps: ['up -d', '-p labcs-other up -d', 'up -d', '-p labcs-other down', 'up -d'],
	},
];
