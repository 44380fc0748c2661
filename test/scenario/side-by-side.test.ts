import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEngineProxy } from '../support/engine-proxy.ts';
import { dockerComposePath, type InspectedContainer, scenario, whyNoEngine } from './scenario.ts';

const skip = whyNoEngine() ?? (dockerComposePath() === undefined ? 'docker compose is not installed' : false);

/** A bit of everything that ends up in labels, names and hashes. */
const files = {
	'.env': 'GREETING=hello\n',
	'app.env': 'FROM_FILE=1\n',
	Dockerfile: 'FROM labc/busybox:latest\nARG WHO\nENV WHO=$WHO\nVOLUME /cache\n',
	'compose.yaml': `
services:
  db:
    image: labc/busybox:latest
    command: sleep infinity
    stop_grace_period: 0s
    healthcheck: {test: "true", interval: 1s}
    volumes: ["data:/data", "./conf:/conf:ro"]
  web:
    build: {context: ., args: {WHO: me}}
    command: ["sleep", "infinity"]
    stop_grace_period: 0s
    environment: {GREETING: "\${GREETING}", EMPTY: }
    env_file: app.env
    ports: ["127.0.0.1::80"]
    depends_on: {db: {condition: service_healthy}}
    deploy: {replicas: 2}
    networks: [front, default]
volumes: {data: }
networks: {front: }
`,
};

describe('labc and docker compose leave each other alone', { skip, concurrency: false }, () => {
	test('what labc made, labc finds unchanged without a write call, and docker compose recreates nothing', async () => {
		await using lab = scenario({ files });
		assertDone(await lab.labc('compose', 'up', '-d'));
		const made = await lab.containers();
		assert.equal(made.length, 3);

		await using proxy = await openEngineProxy();
		await using seen = scenario({ folder: lab.folder, project: lab.project, env: { DOCKER_HOST: proxy.host } });
		const again = await seen.labc('compose', 'up', '-d');
		assertDone(again);
		assert.deepEqual(proxy.writes(), []);
		assert.ok(proxy.requests().length > 0, 'the proxy saw nothing, so it proves nothing');
		assertSame(await lab.containers(), made);

		assertDone(await lab.dockerCompose('up', '-d'));
		assertSame(await lab.containers(), made);
		const list = await lab.dockerCompose('ls', '--format', 'json');
		assert.ok(list.stdout.includes(`"Name":"${lab.project}"`));
	});

	test('what docker compose made, labc leaves alone', async () => {
		await using lab = scenario({ files });
		assertDone(await lab.dockerCompose('up', '-d'));
		const made = await lab.containers();
		assertDone(await lab.labc('compose', 'up', '-d'));
		assertSame(await lab.containers(), made);
		assertDone(await lab.labc('compose', 'down', '-v'));
		assert.deepEqual(await lab.containers(), []);
	});

	test('the plan names the one environment value that was edited, and up recreates just that service', async () => {
		await using lab = scenario({ files });
		assertDone(await lab.labc('compose', 'up', '-d'));
		const before = await lab.containers();
		assert.match((await lab.labc('compose', 'plan')).stdout, /no change/i);

		lab.write('.env', 'GREETING=goodbye\n');
		const plan = await lab.labc('compose', 'plan');
		assertDone(plan);
		assert.match(plan.stdout, /environment\.GREETING: .*hello.* → .*goodbye/);
		assert.doesNotMatch(plan.stdout, /db-1/);
		assertSame(await lab.containers(), before);
		assert.equal((await lab.labc('compose', 'plan', '--detailed-exitcode')).status, 2);

		assertDone(await lab.labc('compose', 'up', '-d'));
		const after = await lab.containers();
		assert.deepEqual(idsOf(after, 'db'), idsOf(before, 'db'));
		assert.notDeepEqual(idsOf(after, 'web'), idsOf(before, 'web'));
		assert.ok(after.every(({ State }) => State.Running));
	});
});

function assertDone({ status, stderr }: { readonly status: number | null; readonly stderr: string }): void {
	assert.equal(status, 0, stderr);
}

/** Neither recreated nor restarted. */
function assertSame(now: readonly InspectedContainer[], then: readonly InspectedContainer[]): void {
	const facts = (all: readonly InspectedContainer[]) =>
		all.map(({ Id, Name, State }) => ({ Id, Name, started: State.StartedAt }));
	assert.deepEqual(facts(now), facts(then));
}

const idsOf = (all: readonly InspectedContainer[], service: string): readonly string[] =>
	all.filter(({ Config }) => Config.Labels['com.docker.compose.service'] === service).map(({ Id }) => Id);
