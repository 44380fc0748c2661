import { compose, idle, type Story } from '../story.ts';

const a = (more: string) => compose({ a: idle(more) });

/** What a change of the files does to what runs. */
export const fileStories: readonly Story[] = [
	{
		name: 'changes that recreate nothing',
		files: a(''),
		steps: [
			'up -d',
			{ write: { 'compose.yaml': `# a comment\nx-note: 1\n${a('x-more: {k: v}')['compose.yaml']}` }, run: 'up -d' },
			{ write: a('pull_policy: missing'), run: 'up -d' },
			{ write: a('profiles: [on]'), run: '--profile on up -d' },
		],
	},
	{
		name: 'a label changes',
		files: a('labels: {k: v}'),
		steps: ['up -d', { write: a('labels: {k: w}'), run: 'up -d' }],
	},
	{
		name: 'a health check changes',
		files: a('healthcheck: {test: "true"}'),
		steps: ['up -d', { write: a('healthcheck: {test: "true", interval: 5s}'), run: 'up -d' }],
	},
	{
		name: 'a limit changes',
		files: a('mem_limit: 64m'),
		steps: ['up -d', { write: a('mem_limit: 96m'), run: 'up -d' }],
	},
	{
		name: 'a restart policy changes',
		files: a('restart: always'),
		steps: ['up -d', { write: a('restart: unless-stopped'), run: 'up -d' }],
	},
	{
		name: 'the same said in another form',
		files: a('environment: [X=1]'),
		steps: ['up -d', { write: a('environment: {X: "1"}'), run: 'up -d' }],
	},
	{
		name: 'what an env file holds changes',
		files: { ...a('env_file: [a.env]'), 'a.env': 'X=1\n' },
		steps: [
			'up -d',
			{ write: { 'a.env': '# other words\nX=1\n' }, run: 'up -d' },
			{ write: { 'a.env': 'X=2\n' }, run: 'up -d' },
		],
	},
	{
		name: 'what .env holds changes',
		files: { ...a('environment: {X: "${X}", Y: "${Y:-none}"}'), '.env': 'X=1\n' },
		steps: [
			'up -d',
			{ write: { '.env': 'X=1\nUNUSED=1\n' }, run: 'up -d' },
			{ write: { '.env': 'X=1\nY=2\n' }, run: 'up -d' },
		],
	},
	{
		name: 'what a label file holds changes',
		files: { ...a('label_file: [a.labels]'), 'a.labels': 'k=1\n' },
		steps: ['up -d', { write: { 'a.labels': 'k=2\n' }, run: 'up -d' }],
	},
	{
		name: 'an override file comes and goes',
		files: a(''),
		steps: [
			'up -d',
			{ write: { 'compose.override.yaml': 'services: {a: {environment: {X: "1"}}}\n' }, run: 'up -d' },
			{ write: { 'compose.override.yaml': undefined }, run: 'up -d' },
		],
	},
	{
		name: 'several files named',
		files: { ...a(''), 'more.yaml': `services: {b: ${idle()}}\n` },
		steps: ['-f compose.yaml -f more.yaml up -d', 'up -d', '-f compose.yaml -f more.yaml down'],
	},
	{
		name: 'a service leaves its profile',
		files: compose({ a: idle(), b: idle('profiles: [p]') }),
		steps: ['--profile p up -d', 'up -d', 'up -d --remove-orphans', '--profile p up -d', 'down'],
	},
	{
		name: 'a service gets another name for its container',
		files: a(''),
		steps: ['up -d', { write: a('container_name: @P@-own-name'), run: 'up -d' }, { write: a(''), run: 'up -d' }],
	},
	{
		name: 'a service comes from another file',
		files: {
			'compose.yaml': 'services: {a: {extends: {file: base.yaml, service: base}}}\n',
			'base.yaml': `services: {base: ${idle()}}\n`,
		},
		steps: ['up -d', { write: a(''), run: 'up -d' }],
	},
	{
		name: 'a project in parts',
		files: {
			'compose.yaml': `include: [part/compose.yaml]\nservices: {a: ${idle('depends_on: [b]')}}\n`,
			'part/compose.yaml': `services: {b: ${idle('volumes: ["./d:/d"]')}}\n`,
		},
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'an image is built once, and again when its files change',
		files: {
			...compose({ a: '{build: ., command: [sleep, "900"], init: true}' }),
			Dockerfile: 'FROM labc/busybox:latest\nENV V=1\n',
		},
		steps: [
			'up -d',
			'up -d',
			{ write: { Dockerfile: 'FROM labc/busybox:latest\nENV V=2\n' }, run: 'up -d' },
			'up -d --build',
			'down --rmi local',
		],
	},
	{
		name: 'the image behind a tag changes',
		files: compose({ a: '{image: "@P@:moving", command: [sleep, "900"], init: true, pull_policy: never}' }),
		steps: [
			{ docker: 'tag labc/busybox:latest @P@:moving' },
			'up -d',
			{ docker: 'commit @P@-a-1 @P@:moving' },
			'up -d',
			'down',
			{ docker: 'rmi @P@:moving' },
		],
	},
	{
		name: 'the number of replicas changes',
		files: a('deploy: {replicas: 2}'),
		steps: [
			'up -d',
			{ write: a('deploy: {replicas: 3}'), run: 'up -d' },
			{ write: a('deploy: {replicas: 1}'), run: 'up -d' },
		],
	},
	{
		name: 'fewer replicas, none of them up to date',
		files: a('deploy: {replicas: 2}'),
		steps: ['up -d', { write: a('deploy: {replicas: 3}'), run: 'up -d' }, { write: a('scale: 1'), run: 'up -d' }],
	},
	{
		name: 'names with underscores',
		files: a('scale: 2'),
		steps: ['--compatibility up -d', '--compatibility up -d --force-recreate', '--compatibility down'],
	},
	{
		name: 'a refused file changes nothing',
		files: a(''),
		steps: [
			'up -d',
			{ write: { 'compose.yaml': 'services: {a: {image: 7, prots: []}}\n' }, run: 'up -d' },
			{ write: a(''), run: 'up -d' },
		],
	},
	{
		name: 'inline content and files of configs and secrets',
		files: {
			...compose(
				{ a: idle('configs: [{source: c, target: /c.txt, mode: 0440}], secrets: [s]') },
				'configs: {c: {content: "one"}}\nsecrets: {s: {file: ./s.txt}}',
			),
			's.txt': 'hidden\n',
		},
		steps: [
			'up -d',
			{ run: 'exec -T a sh -c "cat /c.txt; ls -l /c.txt | cut -c1-10; cat /run/secrets/s"', prints: 'lines' },
			'up -d',
		],
	},
	{
		name: 'the content of a config changes',
		files: compose({ a: idle('configs: [{source: c, target: /c.txt}]') }, 'configs: {c: {content: "one"}}'),
		steps: [
			'up -d',
			{
				write: compose({ a: idle('configs: [{source: c, target: /c.txt}]') }, 'configs: {c: {content: "two"}}'),
				run: 'up -d',
			},
		],
		kept: 'labc sees that the content changed and recreates; docker compose leaves the old content in the container',
	},
];
