import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEngineProxy } from '../support/engine-proxy.ts';
import { dockerComposePath, type Outcome, scenario, whyNoEngine } from './scenario.ts';

const skip = whyNoEngine() ?? (dockerComposePath() === undefined ? 'docker compose is not installed' : false);

const sleeper = 'image: labc/busybox:latest, command: sleep infinity, stop_grace_period: 0s';
const files = {
	'compose.yaml': `
services:
  web: {${sleeper}, scale: 2, ports: ["127.0.0.1::80", "127.0.0.1::53/udp"], volumes: ["data:/data"]}
  db: {${sleeper}}
  job: {image: labc/busybox:latest, command: sh -c "exit 3"}
volumes: {data: {labels: {kind: big}}, unused: }
`,
};

/** What a listing says, as data: lists in an order of their own, labels too. */
function dataOf({ status, stdout }: Outcome): unknown {
	const text = stdout.trim();
	const values = text.startsWith('[') ? (JSON.parse(text) as object[]) : text.split('\n').map(parsed);
	return { status, values: values.map((value) => JSON.stringify(value, ordered)).sort() };
}

const parsed = (line: string): unknown => (/^[{[]/.test(line) ? JSON.parse(line) : line);

/** Time goes by between two looks. */
const ages = /\b(?:\d+ (?:second|minute)s?|About a minute|Less than a second|1 second)\b/g;

function ordered(key: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (key === 'Labels' || key === 'Mounts') return value.split(',').sort().join(',');
	return key === 'Status' || key === 'RunningFor' ? value.replace(ages, 'a while') : value;
}

const lines: readonly (readonly string[])[] = [
	['images', '--format', 'json'],
	['images', '-q'],
	['images', '--format', 'json', 'db'],
	['volumes', '--format', 'json'],
	['volumes', '-q', 'web'],
	['volumes', '-q', 'db'],
	['volumes', '--format', 'table {{.Name}}\\t{{.Label "kind"}}'],
	['port', 'web', '80'],
	['port', '--protocol', 'udp', '--index', '2', 'web', '53'],
	['port', 'web', '81'],
	['port', 'db', '80'],
	['port', 'web', 'x'],
	['ps', '--format', 'json', '-a'],
	['ps', '-a', '--format', '{{.Name}} {{.State}} {{.ExitCode}} {{upper .Service}}'],
	['ps', '--format', '{{range .Publishers}}{{.URL}}>{{.TargetPort}}/{{.Protocol}} {{end}}'],
	['ps', '--format', '{{.Nope}}'],
	['ps', '--services'],
	['ps', '--services', '--status', 'paused'],
	['ls', '--format', 'toml'],
	['top', 'job'],
	['events', '--until', '1', '--since', '1'],
];

describe('listings say what docker compose says', { skip, concurrency: false }, () => {
	test('line for line, the exit status too', async () => {
		await using stage = scenario({ files });
		await stage.labc('compose', 'up', '-d');
		for (const line of lines) {
			const [own, other] = [await stage.labc('compose', ...line), await stage.dockerCompose(...line)];
			if (line[0] === 'events') assert.equal(own.status, 0, own.stderr);
			else assert.deepEqual(dataOf(own), dataOf(other), `${line.join(' ')}\n${own.stderr}`);
		}
		const [own, other] = [
			await stage.labc('compose', 'ls', '-a', '--format', 'json', '--filter', `name=^${stage.project}$`),
			await stage.dockerCompose('ls', '-a', '--format', 'json', '--filter', `name=^${stage.project}$`),
		];
		assert.deepEqual(dataOf(own), dataOf(other));
		const processes = await stage.labc('compose', 'top', 'web');
		assert.match(processes.stdout, /^SERVICE +# +UID +PID +.*CMD\nweb +1 .*sleep infinity\nweb +2 .*sleep infinity\n$/);
	});

	test('from a name alone, in few calls', async () => {
		await using stage = scenario({ files });
		await stage.labc('compose', 'up', '-d');
		await using proxy = await openEngineProxy();
		const calls: readonly (readonly [line: readonly string[], most: number])[] = [
			[['images'], 2],
			[['volumes'], 1],
			[['port', 'web', '80'], 1],
			[['ps'], 1],
			[['top', 'db'], 2],
		];
		for (const [line, most] of calls) {
			const before = proxy.requests().length;
			const { status, stderr } = await stage.labc('-H', proxy.host, 'compose', '-p', stage.project, ...line);
			assert.equal(status, 0, stderr);
			const made = proxy.requests().slice(before);
			assert.ok(made.length <= most, `${line.join(' ')}: ${JSON.stringify(made)}`);
		}
	});
});

describe('an attached up', { skip: whyNoEngine() ?? false }, () => {
	const attached = {
		'compose.yaml': `
services:
  early: {image: labc/busybox:latest, command: sh -c "exit 3"}
  slow: {image: labc/busybox:latest, command: sh -c "sleep 1; exit 4"}
  stays: {${sleeper}, stop_signal: SIGKILL, depends_on: [db]}
  db: {${sleeper}}
`,
	};

	test('ends when a container had ended before all were up, and stops what was selected only', async () => {
		await using stage = scenario({ files: attached });
		const { status, stdout, stderr } = await stage.labc('compose', 'up', '--abort-on-container-exit', 'early', 'stays');
		assert.equal(status, 3, stderr);
		assert.match(stdout, /early-1 exited with code 3/);
		const states = (await stage.containers()).map(({ Name, State }) => `${Name.split('-').at(-2)} ${State.Status}`);
		assert.deepEqual(states, ['db running', 'early exited', 'stays exited']);
	});

	test('shows what it is asked to show, and stays for the others', async () => {
		await using stage = scenario({ files: attached });
		const { status, stdout } = await stage.labc('compose', 'up', '--attach', 'early', 'early', 'slow');
		assert.equal(status, 0);
		assert.match(stdout, /^Attaching to early-1\n/);
		assert.match(stdout, /slow-1 exited with code 4\n$/);
	});
});
