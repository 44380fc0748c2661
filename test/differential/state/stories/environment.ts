import { compose, idle, job, type Story } from '../story.ts';

const profiled = compose({ a: idle(), b: idle('profiles: [p]'), c: idle('profiles: [q], depends_on: [a]') });
/** As images name it. */
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const asked = (run: string) => ({ run, prints: 'sorted' }) as const;

/** What comes from variables, `.env`, profiles and the place a command is given at. */
export const environmentStories: readonly Story[] = [
	{
		name: 'profiles named in .env',
		files: { ...profiled, '.env': 'COMPOSE_PROFILES=p\n' },
		steps: ['up -d', 'stop', 'start', 'restart', { write: { '.env': '' }, run: 'up -d' }, 'stop', 'down'],
	},
	{
		name: 'a profile named at each command',
		files: profiled,
		steps: ['--profile p up -d', '--profile p stop', '--profile p start', '--profile p restart', '--profile p down'],
	},
	{
		name: 'a service that is named brings its profile',
		files: profiled,
		steps: ['up -d b', 'stop b', 'start b', 'restart b', 'up -d c', 'down c', 'down'],
	},
	{
		name: 'a profile that is left out when all goes down',
		files: profiled,
		steps: ['--profile p --profile q up -d', 'down', "--profile '*' down"],
	},
	{
		name: 'a variable of a one-off job comes from the nearest place',
		files: {
			...compose({ a: job('echo $X', 'environment: {X: compose}'), b: job('echo $X', 'environment: [X]') }),
			'.env': 'X=dot env\n',
			'more.env': 'X=more env\n',
		},
		steps: [
			asked('run --rm a'),
			asked('run --rm -e X=given a'),
			asked('run --rm -e X a'),
			asked('run --rm b'),
			asked('--env-file more.env run --rm b'),
			asked('--env-file more.env run --rm -e X a'),
		],
	},
	{
		name: 'a variable of the shell comes before those of files',
		files: {
			...compose({ a: job('echo $X', 'environment: [X]'), b: job('echo $X', "environment: {X: '${X}'}") }),
			'.env': 'X=dot env\n',
		},
		steps: [asked('run --rm a'), asked('run --rm b'), asked('run --rm -e X a')],
		env: { X: 'shell' },
	},
	{
		name: 'files with variables are named by a variable',
		files: {
			...compose({ a: job('echo $X', 'environment: [X]') }),
			'.env': 'X=dot env\n',
			'one.env': 'X=one\n',
			'two.env': 'X=two # comment\n',
		},
		steps: [asked('run --rm a'), asked('run --rm -e X a')],
		env: { COMPOSE_ENV_FILES: 'one.env,two.env' },
	},
	{
		name: 'comments, quotes and raw values in files with variables',
		files: {
			...compose({
				a: job('echo "$A|$B|$C|$D"', 'env_file: [a.env]'),
				b: job('echo "$A|$B|$C|$D"', 'env_file: [{path: a.env, format: raw}]'),
				c: job('echo "$A|$B"', 'env_file: [{path: none.env, required: false}], environment: [A, "B=${B}"]'),
			}),
			'a.env': 'A=1 # comment\nB="2 # none"\nC=\'$A\'\nD=${A}x\n',
			'.env': 'A=WAS IT # comment\nB="WAS # IT"\n',
		},
		steps: [asked('run --rm a'), asked('run --rm b'), asked('run --rm c')],
	},
	{
		name: 'a variable without a value takes away that of the image',
		files: compose({ a: job('echo "${PATH:-none}|${NOT_SET-none}"', 'environment: [NOT_SET]') }),
		steps: ['up -d', asked('logs --no-log-prefix'), asked('run --rm -e NOT_SET=1 a')],
	},
	{
		name: 'a default platform for what is built and what is not',
		files: {
			...compose({
				a: '{build: ., command: [sleep, "900"], init: true}',
				b: idle(),
				c: '{build: {context: ., platforms: [linux/amd64, linux/arm64]}, command: [sleep, "900"], init: true}',
			}),
			Dockerfile: 'FROM labc/busybox:latest\n',
			'.env': `DOCKER_DEFAULT_PLATFORM=linux/${architecture}\n`,
		},
		steps: [
			'up -d',
			'up -d',
			"config --hash '*'",
			{ write: { '.env': '' }, run: 'up -d' },
			'run --rm c true',
			{ write: { '.env': 'DOCKER_DEFAULT_PLATFORM=linux/s390x\n' }, run: 'up -d' },
			'create --force-recreate b',
			'down --rmi local',
		],
	},
	{
		name: 'a .env in the folder and one in that of the project',
		files: {
			'sub/compose.yaml': `services: {a: ${job('echo "$A|$B|$C"', "environment: {A: '${A-}', B: '${B-}', C: '${C-}'}")}}\n`,
			'sub/.env': 'A=sub\nB=sub\n',
			'.env': 'B=here\nC=here\n',
		},
		steps: [
			asked('-p @P@ -f sub/compose.yaml run --rm a'),
			asked('-p @P@ -f sub/compose.yaml --project-directory sub run --rm a'),
			asked('-p @P@ -f sub/compose.yaml --project-directory . run --rm a'),
			'-p @P@ -f sub/compose.yaml down',
		],
	},
	{
		name: 'the files are named in .env',
		files: {
			'one.yaml': `services: {a: ${idle()}}\n`,
			'two.yaml': `services: {b: ${idle()}}\n`,
			'.env': 'COMPOSE_FILE=one.yaml:two.yaml\n',
		},
		steps: ['up -d', 'stop b', 'down'],
	},
	{
		name: 'orphans are removed because .env says so',
		files: { ...compose({ a: idle(), b: job('true') }), '.env': 'COMPOSE_REMOVE_ORPHANS=1\n' },
		steps: ['up -d a', 'run b', 'up -d a', { write: compose({ c: idle() }), run: 'up -d' }, 'down'],
	},
	{
		name: 'orphans are not spoken of',
		files: compose({ a: idle(), b: idle() }),
		steps: ['up -d', { write: compose({ a: idle() }), run: 'up -d' }, 'up -d --remove-orphans', 'down'],
		env: { COMPOSE_IGNORE_ORPHANS: '1' },
	},
	{
		name: 'names with underscores because .env says so',
		files: { ...compose({ a: idle('scale: 2') }), '.env': 'COMPOSE_COMPATIBILITY=1\n' },
		steps: ['up -d', 'up -d', 'down'],
	},
	{
		name: 'without a file the labels are enough',
		files: compose({ a: idle('volumes: ["data:/data"]'), b: idle('depends_on: [a]') }, 'volumes: {data: {}}'),
		steps: [
			'up -d',
			{ write: { 'compose.yaml': undefined }, run: '-p @P@ stop a' },
			'-p @P@ start',
			'-p @P@ restart b',
			'-p @P@ kill a',
			asked('-p @P@ ps -a --services'),
			'-p @P@ up -d',
			'-p @P@ stop zz',
			'-p @P@ rm -f a',
			'-p @P@ down a',
			'-p @P@ down -v',
			'stop',
		],
	},
	{
		name: 'a file with variables that is missing matters only to who uses it',
		kept: "exec and scale of one service don't read another one's files, as in docker compose 5; 2.40.3 does and fails",
		files: compose({ a: idle(), b: idle('env_file: [none.env]') }),
		steps: ['up -d a', 'up -d', asked('ps --services'), 'exec -T a true', 'scale a=2', 'down'],
	},
];
