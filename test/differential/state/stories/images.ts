import { compose, idle, job, type Story } from '../story.ts';

/** Built from the folder, and running until it is stopped. */
const built = (more: string): string => `{${more}, command: [sleep, "900"], init: true}`;
const inline = (...lines: readonly string[]): string =>
	`dockerfile_inline: ${JSON.stringify(['FROM labc/busybox:latest', ...lines, ''].join('\n'))}`;
const said = (run: string) => ({ run, prints: 'lines' }) as const;

/** What is built, mounted and chosen as images. */
export const imageStories: readonly Story[] = [
	{
		name: 'images that are built one from the other',
		files: compose({
			app: built(`build: {context: ., additional_contexts: {lib: "service:lib"}, ${fromOther('lib')}}`),
			lib: built(`build: {context: ., additional_contexts: {base: "service:base"}, ${fromOther('base')}}`),
			base: built(`build: {context: ., ${inline('RUN echo base > /of')}}`),
			other: idle(),
		}),
		steps: [
			'build app',
			'up -d app',
			said('exec -T app cat /of'),
			'up -d --build app lib',
			'run --rm --build app true',
			'down --rmi local',
		],
	},
	{
		name: 'a dependency that is always built',
		files: compose({
			a: built(`build: {context: ., ${inline('RUN echo a > /a')}}, depends_on: [b]`),
			b: built(`build: {context: ., ${inline('RUN echo b > /b')}}, pull_policy: build`),
		}),
		steps: ['up -d a', 'up -d a', 'run --rm a true', 'up -d --no-deps a', 'down --rmi local'],
	},
	{
		name: 'two services of one image, of which one builds it',
		files: compose({
			a: built(`image: "@P@:shared", build: {context: ., ${inline('RUN echo 1 > /n')}}`),
			b: built('image: "@P@:shared", pull_policy: never, depends_on: [a]'),
		}),
		steps: ['up -d', 'up -d', 'up -d --build', 'down --rmi all'],
	},
	{
		name: 'built again though nothing changed',
		files: {
			...compose({ a: built('build: {context: ., args: {V: "1"}}') }),
			Dockerfile: 'FROM labc/busybox:latest\nARG V\nRUN echo $V > /v\n',
		},
		steps: [
			'up -d --build',
			'up -d --build',
			said('exec -T a cat /v'),
			'build --build-arg V=2',
			'up -d',
			said('exec -T a cat /v'),
			'up -d --build',
			said('exec -T a cat /v'),
			'down --rmi local',
		],
	},
	{
		name: 'a build that fails leaves what runs',
		files: {
			...compose({ a: built('build: .'), b: idle() }),
			Dockerfile: 'FROM labc/busybox:latest\n',
		},
		steps: [
			'up -d',
			{ write: { Dockerfile: 'FROM labc/busybox:latest\nRUN exit 3\n' }, run: 'up -d --build' },
			'build a',
			'build b',
			'up -d',
			'up -d --no-build --force-recreate',
			'down --rmi local',
		],
	},
	{
		name: 'arguments of a build with dollars, from the file, .env and the command',
		files: {
			...compose({
				a: '{build: {context: ., args: {PLAIN: "$${not} $$a", OUTSIDE: , DEFAULTED: }}, command: [cat, /said]}',
			}),
			Dockerfile: [
				'FROM labc/busybox:latest',
				'ARG PLAIN OUTSIDE DEFAULTED=default GIVEN',
				'RUN printf "%s\\n" "$PLAIN" "$OUTSIDE" "$DEFAULTED" "$GIVEN" \'${x}\' > /said',
				'',
			].join('\n'),
			'.env': 'OUTSIDE=from .env\n',
		},
		steps: [
			'build',
			said('run --rm a'),
			"build --build-arg 'GIVEN=a b' --build-arg DEFAULTED=other",
			said('run --rm a'),
			'down --rmi local',
		],
	},
	{
		name: 'a build in a profile, with a secret',
		files: {
			...compose(
				{
					a: built(
						`profiles: [p], build: {context: ., secrets: [s], ${inline('RUN --mount=type=secret,id=s cat /run/secrets/s > /s')}}`,
					),
					b: idle(),
				},
				'secrets: {s: {environment: TOKEN}}',
			),
			'.env': 'TOKEN=hidden\n',
		},
		steps: ['build', 'build a', said('run --rm a cat /s'), '--profile p up -d', '--profile p down --rmi local'],
	},
	{
		name: 'an image is mounted, whole and in part',
		files: {
			...compose({
				a: idle('volumes: [{type: image, source: "@P@:data", target: /all}]'),
				b: idle('volumes: [{type: image, source: "@P@:data", target: /part, image: {subpath: etc}}]'),
			}),
			Dockerfile: 'FROM labc/busybox:latest\nRUN echo 1 > /etc/mark\n',
		},
		steps: [
			{ docker: 'tag labc/busybox:latest @P@:data' },
			'up -d',
			said('exec -T a ls /all'),
			said('exec -T b ls /part'),
			'up -d',
			'down',
			{ docker: 'rmi @P@:data' },
		],
	},
	{
		name: 'images that nobody has',
		files: compose({
			a: idle(),
			b: '{image: "127.0.0.1:9/nobody/has-this:1", command: "true"}',
			c: `{image: "127.0.0.1:9/nobody/has-that:1", build: {context: ., ${inline()}}, command: [sleep, "900"], init: true}`,
		}),
		steps: [
			'pull',
			'pull --ignore-pull-failures',
			'pull --ignore-buildable --ignore-pull-failures',
			'pull --policy missing a',
			'up -d a b',
			'up -d --pull never b',
			'create --pull never a',
			'up -d --no-build c',
			'up -d --pull always a',
			'up -d c',
			'run --rm --pull always b',
			'run --rm --pull never --quiet-pull b',
			'down --rmi local',
		],
	},
	{
		name: 'what is pushed and what is not',
		files: compose({
			a: idle(),
			b: `{build: {context: ., ${inline()}}}`,
			c: `{image: "127.0.0.1:9/nobody/takes-this:1", build: {context: ., ${inline()}}}`,
		}),
		steps: [
			'push a b',
			'push c',
			'push --ignore-push-failures',
			'build',
			'push',
			'push -q --ignore-push-failures',
			'push zz',
		],
	},
	{
		name: 'attached to what ends, and to what it needs',
		files: compose({
			a: job('echo of a; echo and more >&2', 'depends_on: [b]'),
			b: job('echo of b; exec sleep 900'),
			c: idle(),
		}),
		steps: ['up --attach-dependencies --no-log-prefix a', 'up --abort-on-container-failure a', 'down'],
	},
	{
		name: 'the status of what is stopped because another ended',
		files: compose({
			a: job('exit 0'),
			b: job('trap "exit 7" TERM; sleep 900 & wait', 'stop_grace_period: 20s'),
			c: job('exec sleep 900', 'stop_signal: SIGKILL'),
		}),
		steps: ['up --exit-code-from b', 'up --exit-code-from c', 'up --abort-on-container-exit', 'down'],
	},
];

function fromOther(name: string): string {
	return `dockerfile_inline: ${JSON.stringify(`FROM ${name}\nRUN echo on ${name} >> /of\n`)}`;
}
