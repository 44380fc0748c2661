import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { openEngineProxy, type SeenRequest } from '../support/engine-proxy.ts';
import { cleanEnvironment, docker, labcPath, root, type Scenario, scenario, whyNoEngine } from './scenario.ts';

/** `web` waits for what never comes: whoever brings this up holds the lock. */
const stuck = `
services:
  never:
    image: labc/busybox:latest
    command: sleep infinity
    stop_grace_period: 0s
    volumes: ["data:/data"]
    healthcheck: {test: "false", interval: 1s, retries: 1000}
  web:
    image: labc/busybox:latest
    command: sleep infinity
    depends_on: {never: {condition: service_healthy}}
volumes: {data: {}}
`;

const lab = (mark: string): string => `
services:
  api: &idle
    image: labc/busybox:latest
    command: sleep infinity
    stop_grace_period: 0s
    environment: {MARK: ${mark}}
    scale: 2
  web: {<<: *idle, scale: 1, depends_on: [api]}
`;

describe('the lock of a project', { skip: whyNoEngine() ?? false, concurrency: false }, () => {
	test('is held while an up is at work, and says so to who will not wait', async () => {
		await using at = scenario({ files: { 'compose.yaml': stuck } });
		const up = await holding(at);
		const other = await at.labc('compose', 'up', '-d', '--no-wait');
		assert.equal(other.status, 75, other.stderr);
		assert.match(other.stderr, new RegExp(`process ${up.pid} on .* is changing project .?${at.project}`));
		assert.match(other.stderr, /hint: Leave out `--no-wait`/);
		assert.equal(await ended(up, 'SIGTERM'), 130);
	});

	test('is nothing that docker compose or the project’s labels know', async () => {
		await using at = scenario({ files: { 'compose.yaml': stuck } });
		const up = await holding(at);
		const labelled = ['volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${at.project}`];
		assert.equal(await docker(...labelled), `${at.project}_data`);
		assert.equal((await at.dockerCompose('volumes', '-q')).stdout, `${at.project}_data\n`);
		assert.deepEqual(await locksOf(at), [`labc-lock-${at.project}.1`]);
		await ended(up, 'SIGTERM');
	});

	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		test(`is gone after ${signal}`, async () => {
			await using at = scenario({ files: { 'compose.yaml': stuck } });
			const up = await holding(at);
			assert.equal(await ended(up, signal), 130);
			assert.deepEqual(await locksOf(at), []);
		});
	}

	test('of a killed process keeps nobody waiting', async (t) => {
		await using at = scenario({ files: { 'compose.yaml': stuck } });
		await ended(await holding(at), 'SIGKILL');
		assert.deepEqual(await locksOf(at), [`labc-lock-${at.project}.1`]);
		const start = performance.now();
		const down = await at.labc('compose', 'down', '--no-wait');
		t.diagnostic(`the next one was done after ${Math.round(performance.now() - start)} ms`);
		assert.equal(down.status, 0, down.stderr);
		assert.deepEqual(await locksOf(at), []);
	});

	test('whose owner can’t be judged gives way to --break-lock alone', async () => {
		await using at = scenario({ files: { 'compose.yaml': lab('one') } });
		await docker('volume', 'create', `labc-lock-${at.project}.1`);
		assert.equal((await at.labc('compose', 'up', '-d', '--no-wait')).status, 75);
		const broken = await at.labc('compose', 'up', '-d', '--break-lock');
		assert.equal(broken.status, 0, broken.stderr);
		assert.deepEqual(await locksOf(at), []);
	});

	test('is not taken where nothing is to be done', async () => {
		await using at = scenario({ files: { 'compose.yaml': lab('one') } });
		assert.equal((await at.labc('compose', 'up', '-d')).status, 0);
		await docker('volume', 'create', `labc-lock-${at.project}.1`);
		for (const read of [['up', '-d'], ['ps'], ['plan'], ['config', '-q']]) {
			const { status, stderr } = await at.labc('compose', ...read, '--no-wait');
			assert.equal(status, 0, `${read.join(' ')}: ${stderr}`);
		}
		await docker('volume', 'rm', `labc-lock-${at.project}.1`);
	});

	test('makes twenty at once one after the other', { timeout: 600_000 }, async (t) => {
		await using at = scenario();
		await using proxy = await openEngineProxy();
		const rounds = Number(process.env['LABC_CROWD_ROUNDS'] ?? 10);
		for (let round = 0; round < rounds; round += 1) {
			at.write('compose.yaml', lab(`round${round}`));
			const crowd = await Promise.all(Array.from({ length: 20 }, () => up(at, proxy.host)));
			assert.deepEqual(
				crowd.filter(({ status, stderr }) => status !== 0 || /error|warning(?!.*waiting for its end)/.test(stderr)),
				[],
			);
			assert.deepEqual(await stateOf(at), {
				containers: ['api-1', 'api-2', 'web-1'],
				marks: [`MARK=round${round}`],
				networks: 1,
				locks: [],
			});
		}
		const { wins, met } = countMeetings(proxy.requests());
		t.diagnostic(`${rounds} rounds of 20: the lock was taken ${wins} times, ${met} times somebody else had it`);
		assert.ok(met > 0, 'nobody met anybody: the test shows nothing');
	});

	test('is what makes it so: without it the same goes wrong', { timeout: 600_000 }, async (t) => {
		await using at = scenario();
		const wrong: string[] = [];
		for (let round = 0; round < 5 && wrong.length === 0; round += 1) {
			at.write('compose.yaml', lab(`round${round}`));
			const crowd = await crowdWithoutLock(at);
			const { containers, marks, networks } = await stateOf(at);
			wrong.push(...crowd.filter(({ status }) => status !== 0).map(({ stderr }) => stderr.split('\n')[0] ?? ''));
			if (containers.join() !== 'api-1,api-2,web-1') wrong.push(`containers ${containers.join()}`);
			if (marks.length !== 1) wrong.push(`containers of ${marks.length} kinds`);
			if (networks !== 1) wrong.push(`${networks} networks`);
		}
		t.diagnostic(`without the lock: ${wrong.length} things went wrong, first \`${wrong[0]}\``);
		assert.ok(wrong.length > 0);
	});
});

/** Each own volume is removed once; making one that is somebody else's makes nothing. */
function countMeetings(requests: readonly SeenRequest[]): { readonly wins: number; readonly met: number } {
	const isLock = (text: unknown): boolean => /labc-lock-/.test(String(text));
	const surveys = requests.filter(({ method, query }) => method === 'GET' && isLock(query['filters']));
	const removals = requests.filter(({ method, path }) => method === 'DELETE' && isLock(path));
	const creations = requests.filter(({ body }) => isLock(JSON.stringify(body ?? '')));
	// Who holds the lock asks for it after its win and before it lets go; whatever else is asked is waiting.
	const waits = surveys.length - 2 * removals.length;
	return { wins: removals.length, met: Math.max(creations.length - removals.length, 0) + Math.max(waits, 0) };
}

/** Twenty processes that begin at the same moment. */
async function crowdWithoutLock(
	at: Scenario,
): Promise<readonly { readonly status: number | null; readonly stderr: string }[]> {
	const program = path.join(root, 'test/support/up-unlocked.ts');
	const crowd = Array.from({ length: 20 }, () => {
		const child = spawn(process.execPath, [program], { cwd: at.folder, env: cleanEnvironment(), stdio: 'pipe' });
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		const ready = new Promise((resolve) => child.stdout.once('data', resolve));
		const outcome = new Promise<{ status: number | null; stderr: string }>((resolve) =>
			child.on('close', (status) => resolve({ status, stderr })),
		);
		return { child, ready: Promise.race([ready, outcome]), outcome };
	});
	await Promise.all(crowd.map(({ ready }) => ready));
	for (const { child } of crowd) child.stdin.end('go\n');
	// Without the lock one may wait for ever for what another one has taken away: that is something gone wrong as well.
	const limit = setTimeout(() => {
		for (const { child } of crowd) child.kill('SIGKILL');
	}, 60_000);
	return Promise.all(crowd.map(({ outcome }) => outcome)).finally(() => clearTimeout(limit));
}

const up = (at: Scenario, host: string) => at.labc('compose', '-H', host, 'up', '-d');

/** An `up` that has the lock, for as long as it is let be. */
async function holding(at: Scenario): Promise<ChildProcess> {
	const child = spawn(labcPath, ['compose', 'up', '-d'], {
		cwd: at.folder,
		env: cleanEnvironment(),
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	await new Promise<void>((resolve, reject) => {
		let said = '';
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			if (/Waiting/.test(said)) resolve();
		});
		child.on('close', () => reject(new Error(`ended without waiting:\n${said}`)));
	});
	return child;
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
	new Promise((resolve) => {
		child.on('close', resolve);
		child.kill(signal);
	});

async function locksOf({ project }: Scenario): Promise<readonly string[]> {
	const names = await docker('volume', 'ls', '-q', '--filter', `name=^labc-lock-${project}\\.`);
	return names === '' ? [] : names.split('\n');
}

async function stateOf(at: Scenario) {
	const containers = await at.containers();
	const networks = await docker('network', 'ls', '-q', '--filter', `label=com.docker.compose.project=${at.project}`);
	return {
		containers: containers.map(({ Name: name }) => name.slice(at.project.length + 2)).sort(),
		marks: [...new Set(containers.flatMap(({ Config }) => Config.Env.filter((entry) => entry.startsWith('MARK='))))],
		networks: networks.split('\n').length,
		locks: await locksOf(at),
	};
}
