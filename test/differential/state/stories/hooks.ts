import { compose, idle, job, type Story } from '../story.ts';

const data = 'volumes: {data: {}}';
const hook = (name: string, script: string, more = '') =>
	`${name}: [{command: [sh, -c, ${JSON.stringify(script)}]${more}}]`;
const mounted = (more: string) => idle(`volumes: ["data:/data"], ${more}`);
const look = { run: 'run --rm --no-deps look', prints: 'lines' } as const;
const looker = job('cat /data/* 2>/dev/null', 'profiles: [look], volumes: ["data:/data"]');

/** Commands that run in a container after its start and before its stop. */
export const hookStories: readonly Story[] = [
	{
		name: 'what hooks write is there after up, stop and down',
		files: compose(
			{
				a: mounted(
					`${hook('post_start', 'echo started >> /data/log')}, ${hook('pre_stop', 'echo stopping >> /data/log')}`,
				),
				look: looker,
			},
			data,
		),
		steps: ['up -d', look, 'stop', look, 'start', look, 'restart', look, 'down', look],
	},
	{
		name: 'a hook has a user, a folder and variables of its own',
		files: compose(
			{
				a: mounted(
					hook(
						'post_start',
						'echo $(id -u) $(pwd) $K > /data/log',
						', user: root, working_dir: /tmp, privileged: true, environment: [K=v]',
					),
				),
				look: looker,
			},
			data,
		),
		steps: ['up -d', look, 'down -v'],
	},
	{
		name: 'hooks run in the order of the file',
		files: compose(
			{
				a: mounted(
					'post_start: [{command: [sh, -c, "echo 1 >> /data/log"]}, {command: [sh, -c, "echo 2 >> /data/log"]}]',
				),
				look: looker,
			},
			data,
		),
		steps: ['up -d', look, 'down -v'],
	},
	{
		name: 'a hook before the stop fails on the way down',
		files: compose({ a: idle(hook('pre_stop', 'exit 3')) }),
		steps: ['up -d', 'stop', 'down', { docker: 'kill @P@-a-1' }, 'down'],
	},
	{
		name: 'a hook after the start fails in one of two services',
		files: compose({ a: idle(hook('post_start', 'exit 3')), b: idle(), c: idle('depends_on: [a]') }),
		steps: [{ run: 'up -d a' }, 'up -d b', 'down'],
	},
	{
		name: 'only the service that is named is stopped with its hook',
		files: compose(
			{
				a: mounted(hook('pre_stop', 'echo a >> /data/log')),
				b: mounted(hook('pre_stop', 'echo b >> /data/log')),
				look: looker,
			},
			data,
		),
		steps: ['up -d', 'stop b', look, 'down', look],
	},
	{
		name: 'a hook runs in each new replica',
		files: compose({ a: mounted(hook('post_start', 'echo up >> /data/log')), look: looker }, data),
		steps: ['up -d', 'up -d --scale a=3', look, 'up -d --scale a=1', 'up -d --force-recreate', look],
	},
	{
		name: 'another hook is another container',
		files: compose({ a: idle(hook('post_start', 'true')) }),
		steps: ['up -d', { write: compose({ a: idle(hook('post_start', 'exit 0')) }), run: 'up -d' }, 'up -d'],
	},
];
