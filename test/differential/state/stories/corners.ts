import { compose, idle, job, type Story } from '../story.ts';

const one = compose({ a: idle() });
const two = compose({ a: idle(), b: idle('depends_on: [a]') });
const restarting = (more = '') =>
	compose({ a: idle(more), b: idle('depends_on: {a: {condition: service_started, restart: true}}'), c: idle() });
const healthy = 'healthcheck: {test: ["CMD", "true"], interval: 300ms, retries: 20}';
const sorted = { prints: 'sorted' } as const;

/** What several options or states at once come to. */
export const cornerStories: readonly Story[] = [
	{
		name: 'what restarts with its dependency is not named',
		files: restarting(),
		steps: ['up -d', { write: restarting('environment: {X: "1"}'), run: 'up -d a' }, 'up -d'],
	},
	{
		name: 'what restarts with its dependency, and dependencies are left alone',
		files: restarting(),
		steps: ['up -d', { write: restarting('environment: {X: "1"}'), run: 'up -d --no-deps a' }, 'restart --no-deps a'],
	},
	{
		name: 'what restarts with its dependency is stopped',
		files: restarting(),
		steps: ['up -d', 'stop b', { write: restarting('environment: {X: "1"}'), run: 'up -d a' }, 'restart a', 'up -d'],
	},
	{
		name: 'a dependency that is recreated while nothing is started',
		files: restarting(),
		steps: ['up -d', { write: restarting('environment: {X: "1"}'), run: 'up --no-start' }, 'start'],
	},
	{
		name: 'a stopped dependency of a service that runs',
		files: two,
		steps: ['up -d', 'stop a', 'up -d b', 'stop a', 'up -d --no-deps b', 'start b'],
	},
	{
		name: 'the last replica is scaled away and comes back',
		files: compose({ a: idle('volumes: [/data]'), b: idle('depends_on: [a]') }),
		steps: ['up -d --scale a=2', 'up -d --scale a=0', 'up -d', 'down -v'],
	},
	{
		name: 'more replicas of what is stopped',
		files: one,
		steps: ['up -d', 'stop', 'up -d --scale a=3 --no-start', 'up -d --no-recreate', 'scale a=2'],
	},
	{
		name: 'scaling with no-recreate while the file changed',
		files: one,
		steps: [
			'up -d --scale a=2',
			{ write: compose({ a: idle('environment: {X: "1"}') }), run: 'up -d --no-recreate --scale a=3' },
			'up -d --no-recreate --scale a=1',
		],
	},
	{
		name: 'force-recreate with a number of replicas',
		files: one,
		steps: ['up -d', 'up -d --scale a=2', 'up -d --force-recreate --scale a=3'],
	},
	{
		name: 'a replica is changed by hand, another removed',
		files: one,
		steps: ['up -d --scale a=3', { docker: 'stop @P@-a-1' }, { docker: 'rm -f @P@-a-3' }, 'up -d --scale a=3'],
	},
	{
		name: 'the first replica is removed by hand and fewer are wanted',
		files: one,
		steps: ['up -d --scale a=3', { docker: 'rm -f @P@-a-1' }, 'up -d'],
	},
	{
		name: 'an exited replica among those that run',
		files: one,
		steps: ['up -d --scale a=2', { docker: 'kill @P@-a-1' }, 'ps -q', 'scale a=1', 'up -d'],
	},
	{
		name: 'down of one with its volumes and images',
		files: compose({ a: idle('volumes: ["vol:/v", /w]'), b: idle('volumes: ["vol:/v"]') }, 'volumes: {vol: {}}'),
		steps: ['up -d', 'down -v a', 'up -d', 'down -v', 'down -v'],
	},
	{
		name: 'down by name alone',
		files: compose({ a: idle('volumes: ["vol:/v"]'), b: idle('depends_on: [a]') }, 'volumes: {vol: {}}'),
		steps: [
			'up -d',
			{ write: { 'compose.yaml': undefined }, run: '-p @P@ stop a' },
			'-p @P@ start',
			'-p @P@ restart b',
			'-p @P@ down b',
			'-p @P@ down -v',
		],
	},
	{
		name: 'commands by name alone over what is not there',
		files: { 'other.txt': '' },
		steps: [
			'-p @P@ stop',
			'-p @P@ start',
			'-p @P@ restart',
			'-p @P@ rm -f',
			'-p @P@ kill',
			'-p @P@ down',
			'-p @P@ pause',
		],
	},
	{
		name: 'remove a service that runs, then the rest',
		files: two,
		steps: ['up -d', 'rm -f a', 'rm -sf b', 'rm -sfv', 'up -d b', 'stop', 'rm -f b', 'rm -f'],
	},
	{
		name: 'a one-off that ended among the orphans',
		files: one,
		steps: ['up -d', 'run a true', 'up -d', 'up -d --remove-orphans', 'run -d a', 'up -d --remove-orphans', 'down'],
	},
	{
		name: 'a one-off with ports, volumes and labels of its own',
		files: compose({ a: idle('ports: ["24180:80"], volumes: ["vol:/v"]') }, 'volumes: {vol: {}}'),
		steps: [
			{ run: 'run -d --name @P@-own -p 24181:81 -v extra:/w -v /x -l k=v -e K=1 a' },
			'run --rm -P a true',
			{ run: 'run --rm -u 1000 -w /tmp --entrypoint "sh -c" a "id -u; pwd"', prints: 'lines' },
			'stop',
			'down -v --remove-orphans',
		],
	},
	{
		name: 'a one-off whose dependency is paused, stopped, changed',
		files: two,
		steps: [
			'up -d a',
			'stop a',
			'run --rm b true',
			{ write: compose({ a: idle('environment: {X: "1"}'), b: idle('depends_on: [a]') }), run: 'run --rm b true' },
			'run --rm --no-deps b true',
		],
	},
	{
		name: 'attached until a job ends',
		files: compose({ a: job('exit 3'), b: idle() }),
		steps: ['up --exit-code-from a', 'up --abort-on-container-exit', 'up --abort-on-container-failure', 'up a'],
	},
	{
		name: 'attached until a job fails that another waits for',
		files: compose({ a: job('exit 3'), b: idle('depends_on: {a: {condition: service_completed_successfully}}') }),
		steps: ['up', 'up -d', 'up -d --no-deps b'],
	},
	{
		name: 'attached with nothing to attach to',
		files: compose({ a: job('true', 'attach: false'), b: job('exit 4') }),
		// What nobody is attached to may end after the command has.
		steps: [
			'up',
			{ run: 'up --no-attach b', settle: { 'b-1': 'exited' } },
			{ run: 'up --attach a', settle: { 'a-1': 'exited', 'b-1': 'exited' } },
		],
	},
	{
		name: 'waiting for what has ended well',
		files: compose({ a: job('true'), b: idle('depends_on: {a: {condition: service_completed_successfully}}') }),
		steps: ['up -d --wait', 'up -d --wait b'],
	},
	{
		name: 'waiting for replicas to be healthy',
		files: compose({ a: idle(`${healthy}, scale: 2`), b: idle('depends_on: {a: {condition: service_healthy}}') }),
		steps: ['up -d --wait', 'stop a', 'up -d --wait b', 'up -d --wait --scale a=3'],
	},
	{
		name: 'a dependency with no replicas',
		files: compose({ a: idle(`${healthy}, scale: 0`), b: idle('depends_on: {a: {condition: service_healthy}}') }),
		steps: ['up -d', 'up -d --scale a=1 b'],
	},
	{
		name: 'a healthy dependency is restarted by hand',
		files: compose({ a: idle(healthy), b: idle('depends_on: {a: {condition: service_healthy, restart: true}}') }),
		steps: [
			'up -d --wait',
			{ run: 'restart a', settle: { 'b-1': 'running' } },
			{ docker: 'restart @P@-a-1' },
			'up -d --wait',
		],
	},
	{
		name: 'a service without an image is built and named',
		files: {
			...compose({
				a: '{build: ., command: [sleep, "900"], init: true}',
				b: '{build: ., image: "@P@:b", command: [sleep, "900"], init: true}',
			}),
			Dockerfile: 'FROM labc/busybox:latest\nRUN echo 1 > /n\n',
		},
		steps: ['build', 'up -d', 'down --rmi local', 'up -d b', 'down --rmi all'],
	},
	{
		name: 'what the lists say in JSON',
		files: compose({ a: idle('ports: ["24190:80"], volumes: ["vol:/v"]'), b: job('exit 3') }, 'volumes: {vol: {}}'),
		steps: [
			{ run: 'up -d', settle: { 'b-1': 'exited' } },
			{ run: 'ps --services', ...sorted },
			{ run: 'ps -a --services --status exited', ...sorted },
			{ run: 'ps -a --format {{.Name}},{{.State}},{{.ExitCode}},{{.Publishers}}', ...sorted },
			{ run: 'ps --orphans=false -a -q b', ...sorted },
			{ run: 'volumes -q', ...sorted },
			{ run: 'volumes b -q', ...sorted },
			{ run: 'port a 80', ...sorted },
			{ run: 'images -q', ...sorted },
			{ run: 'config --images', ...sorted },
		],
	},
	{
		name: 'a volume is mounted read-only, then elsewhere',
		files: compose({ a: idle('volumes: ["vol:/v:ro"]') }, 'volumes: {vol: {}}'),
		steps: [
			'up -d',
			{ write: compose({ a: idle('volumes: ["vol:/w"]') }, 'volumes: {vol: {}}'), run: 'up -d' },
			{ write: compose({ a: idle() }, 'volumes: {vol: {}}'), run: 'up -d' },
			'down -v',
		],
	},
	{
		name: 'a volume comes back that was removed by hand',
		files: compose({ a: idle('volumes: ["vol:/v"]') }, 'volumes: {vol: {}}'),
		steps: ['up -d', 'rm -sf', { docker: 'volume rm @P@_vol' }, 'up -d', 'down'],
	},
	{
		name: 'an anonymous volume and a new path of it',
		files: compose({ a: idle('volumes: [/x, /y]') }),
		steps: [
			'up -d',
			{ write: compose({ a: idle('volumes: [/y, /z]') }), run: 'up -d' },
			{ write: compose({ a: idle('volumes: ["named:/y", /z]') }, 'volumes: {named: {}}'), run: 'up -d' },
			'up -d -V a',
			'rm -sfv',
		],
	},
	{
		name: 'networks come and go',
		files: compose(
			{ a: idle('networks: [x, y]'), b: idle('networks: {x: {aliases: [q]}}') },
			'networks: {x: {}, y: {}}',
		),
		steps: [
			'up -d',
			{
				write: compose(
					{ a: idle('networks: [y]'), b: idle('networks: {x: {aliases: [r]}}') },
					'networks: {x: {}, y: {}}',
				),
				run: 'up -d',
			},
			{ docker: 'network connect @P@_x @P@-a-1' },
			'up -d',
			{ docker: 'network disconnect @P@_y @P@-a-1' },
			'up -d',
			'down',
		],
	},
	{
		name: 'pausing on the way',
		files: two,
		steps: [
			'up -d',
			'pause a',
			'stop a',
			'up -d',
			'pause',
			'restart',
			'pause b',
			'kill b',
			'pause a',
			'rm -sf',
			'down',
		],
	},
	{
		name: 'kill, then start and restart',
		files: two,
		steps: ['up -d', 'kill a', 'restart a', 'kill', 'start b', 'kill -s TERM', 'down -t 0'],
	},
	{
		name: 'a policy that restarts, killed and stopped',
		files: compose({ a: idle('restart: always'), b: job('exit 1', 'restart: "no"') }),
		steps: [
			{ run: 'up -d', settle: { 'b-1': 'exited' } },
			'kill a',
			{ run: 'up -d', settle: { 'b-1': 'exited' } },
			'stop',
			'start a',
			'down',
		],
	},
	{
		name: 'a profile service that is running is an orphan of nothing',
		files: compose({ a: idle(), b: idle('profiles: [p]') }),
		steps: [
			'--profile p up -d',
			'up -d',
			'up -d --remove-orphans',
			'--profile p up -d b',
			'stop',
			'down',
			'--profile p down',
		],
	},
	{
		name: 'two files, one of them later',
		files: {
			...one,
			'more.yaml': `services:\n  a: {environment: {X: "1"}}\n  b: ${idle('depends_on: [a]')}\n`,
		},
		steps: ['up -d', '-f compose.yaml -f more.yaml up -d', 'up -d', 'up -d --remove-orphans'],
	},
	{
		name: 'the folder of the project is another one',
		files: { 'x/compose.yaml': `services:\n  a: ${idle('volumes: ["./d:/d"]')}\n` },
		steps: [
			'-f x/compose.yaml up -d',
			'--project-directory . -f x/compose.yaml up -d',
			'--project-directory . -f x/compose.yaml down',
		],
	},
];
