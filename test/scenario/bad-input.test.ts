import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Outcome, scenario, whyNoEngine } from './scenario.ts';

interface Case {
	readonly when: string;
	readonly file?: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly env?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
	/** What standard error must say: what, where, why and the next step. */
	readonly says: readonly RegExp[];
}

const web = (rest: string): string => `services:\n  web:\n    image: labc/busybox:latest\n${rest}`;

/** Nothing here reaches the engine: the input is wrong. */
const loading: readonly Case[] = [
	{ when: 'there is no Compose file', files: {}, says: [/no Compose file/, /compose\.yaml/, /-f/] },
	{
		when: 'the named file does not exist',
		args: ['-f', 'nope.yml'],
		files: {},
		says: [/nope\.yml/, /no such file|does not exist/],
	},
	{ when: 'the YAML is broken', file: 'services:\n  web: [\n', says: [/compose\.yaml:\d+:\d+/] },
	{ when: 'a key stands twice', file: web('    image: other\n'), says: [/compose\.yaml:4:5/, /`?image`?/] },
	{
		when: 'a key is mistyped',
		file: web('    prots: ["80:80"]\n'),
		says: [/compose\.yaml:4:5/, /prots: \["80:80"\]/, /did you mean `ports`/i],
	},
	{ when: 'a value has the wrong type', file: web('    ports: 80\n'), says: [/compose\.yaml:4:12/, /ports/, /list/] },
	{
		when: 'a network is not defined',
		file: web('    networks: [back]\n'),
		says: [/compose\.yaml:4:\d+/, /back/, /networks/],
	},
	{
		when: 'a volume is not defined',
		file: web('    volumes: ["data:/data"]\n'),
		says: [/compose\.yaml:4:\d+/, /data/, /volumes/],
	},
	{
		when: 'a service is not defined',
		file: web('    depends_on: [dbb]\n  db:\n    image: x\n'),
		says: [/compose\.yaml:4:\d+/, /dbb/, /`db`/],
	},
	{
		when: 'services depend on each other in a cycle',
		file: 'services:\n  a:\n    image: x\n    depends_on: [b]\n  b:\n    image: x\n    depends_on: [a]\n',
		says: [/cycle/, /a -> b -> a|b -> a -> b/, /compose\.yaml:\d+:\d+/],
	},
	{
		when: 'a required variable is not set',
		file: web('    user: ${WHO:?say who you are}\n'),
		says: [/compose\.yaml:4:\d+/, /WHO/, /say who you are/],
	},
	{ when: 'a port is out of range', file: web('    ports: ["99999:80"]\n'), says: [/compose\.yaml:4:\d+/, /99999/] },
	{ when: 'a port is no number', file: web('    ports: ["http:80"]\n'), says: [/compose\.yaml:4:\d+/, /http/] },
	{
		when: 'a duration is none',
		file: web('    stop_grace_period: soon\n'),
		says: [/compose\.yaml:4:\d+/, /soon/, /1m30s|10s/],
	},
	{ when: 'a size is none', file: web('    shm_size: big\n'), says: [/compose\.yaml:4:\d+/, /big/] },
	{
		when: 'the project name is not one',
		file: web(''),
		args: ['-p', 'My Lab'],
		says: [/My Lab/, /lowercase|lower-case|lower case/],
	},
	{
		when: 'the .env file cannot be read as one',
		file: web(''),
		files: { '.env': 'A B=1\n' },
		says: [/\.env:1:2/, /blank/, /NAME=value/],
	},
];

describe('bad input is told with its place, the reason and the next step', () => {
	for (const each of loading) {
		test(`when ${each.when}`, async () => {
			await using lab = scenario({
				files: { ...(each.file === undefined ? {} : { 'compose.yaml': each.file }), ...each.files },
				env: each.env ?? {},
			});
			const outcome = await lab.labc('compose', ...(each.args ?? []), 'config', '-q');
			assertRefused(outcome, each.says);
		});
	}

	test('when two files could be meant, the first is used and the other named', async () => {
		await using lab = scenario({ files: { 'compose.yaml': web(''), 'docker-compose.yml': web('') } });
		const outcome = await lab.labc('compose', 'config', '-q');
		assert.equal(outcome.status, 0);
		assert.match(outcome.stderr, /docker-compose\.yml/);
	});

	test('all problems of a project are told at once', async () => {
		await using lab = scenario({ files: { 'compose.yaml': web('    prots: []\n    networks: 5\n') } });
		const { stderr } = await lab.labc('compose', 'config', '-q');
		assert.match(stderr, /prots/);
		assert.match(stderr, /networks/);
	});
});

const sleeper = (rest: string): string => web(`    command: [sleep, infinity]\n    stop_grace_period: 0s\n${rest}`);

/** The input loads; the engine or what runs on it refuses. */
const running: readonly Case[] = [
	{
		when: 'the image cannot be had',
		file: 'services:\n  web:\n    image: labc-test/no-such-image:1\n',
		says: [/labc-test\/no-such-image:1/, /web/],
	},
	{
		when: 'a build fails',
		file: 'services:\n  web:\n    build: .\n',
		files: { Dockerfile: 'FROM labc/busybox:latest\nRUN echo before && exit 7\n' },
		says: [/web/, /exit 7/, /exit code: 7|exited with 7|code 7/],
	},
	{
		when: 'a container exits at once',
		file: web('    command: ["sh", "-c", "echo my last words; exit 3"]\n'),
		args: ['--wait'],
		says: [/web/, /\b3\b/, /my last words/],
	},
	{
		when: 'a container never gets healthy',
		file: sleeper('    healthcheck: {test: "echo no luck; exit 1", interval: 1s, retries: 1}\n'),
		args: ['--wait'],
		says: [/web/, /unhealthy/, /no luck/],
	},
	{
		when: 'no engine answers',
		file: web(''),
		env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
		says: [/\/nowhere\/docker\.sock/, /DOCKER_HOST|engine/],
	},
	{
		when: 'DOCKER_HOST is no address',
		file: web(''),
		env: { DOCKER_HOST: 'nonsense' },
		says: [/nonsense/, /unix:\/\//],
	},
	{
		when: 'nobody listens at DOCKER_HOST',
		file: web(''),
		env: { DOCKER_HOST: 'tcp://127.0.0.1:9' },
		says: [/127\.0\.0\.1:9/],
	},
];

describe('what the engine refuses is told with the reason and the next step', { skip: whyNoEngine() ?? false }, () => {
	for (const each of running) {
		test(`when ${each.when}`, async () => {
			await using lab = scenario({ files: { 'compose.yaml': each.file ?? '', ...each.files }, env: each.env ?? {} });
			assertRefused(await lab.labc('compose', 'up', '-d', ...(each.args ?? [])), each.says);
		});
	}

	test('when a port is taken, and the next up converges once it is free', async () => {
		await using holder = scenario({ files: { 'compose.yaml': sleeper('    ports: ["127.0.0.1:18931:80"]\n') } });
		await using lab = scenario({ files: { 'compose.yaml': sleeper('    ports: ["127.0.0.1:18931:80"]\n') } });
		assert.equal((await holder.labc('compose', 'up', '-d')).status, 0);
		assertRefused(await lab.labc('compose', 'up', '-d'), [/18931/, new RegExp(holder.project)]);
		await holder.labc('compose', 'down');
		const again = await lab.labc('compose', 'up', '-d');
		assert.equal(again.status, 0, again.stderr);
		assert.deepEqual(
			(await lab.containers()).map(({ State }) => State.Status),
			['running'],
		);
	});
});

function assertRefused({ status, stdout, stderr }: Outcome, says: readonly RegExp[]): void {
	assert.equal(status, 1, `exit status, with:\n${stdout}${stderr}`);
	for (const pattern of says) assert.match(stderr, pattern);
	assert.doesNotMatch(stderr, /^\s+at .*\.[jt]s:\d+:\d+\)?$/m, 'a stack trace reached the user');
	assert.ok(!stderr.includes('\u001b'), 'colour went to a pipe');
}
