import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connectEngine } from '../../src/engine/docker/connect.ts';
import { docker, execute, root, type Scenario, scenario, whyNoEngine } from './scenario.ts';

/** A registry that lets nobody in but the user `ada` with the password `secret`. */
const registryFile = `services:
  registry:
    image: labc/registry:latest
    ports: ["127.0.0.1::5000"]
    tmpfs: [/var/lib/registry]
    stop_grace_period: 0s
    environment:
      REGISTRY_AUTH: htpasswd
      REGISTRY_AUTH_HTPASSWD_REALM: lab
      REGISTRY_AUTH_HTPASSWD_PATH: /htpasswd
    configs: [{source: users, target: /htpasswd}]
configs:
  users: {content: "ada:$$2b$$04$$Vo993W5SAwKaN4N6tfLaeexfJcIX2x3L0Ttp9uZEX0RnDicFOxkxK"}
`;
const startedIn = 60_000;
const skip = whyNoEngine() ?? (await whyNoRegistry()) ?? false;

async function whyNoRegistry(): Promise<string | undefined> {
	const { status, stderr } = await execute('sh', ['scripts/base-image.sh', 'registry'], { cwd: root });
	return status === 0 ? undefined : `no registry can be made here: ${stderr.trim()}`;
}

describe('pushing to a registry', { skip, concurrency: false }, () => {
	const logins = mkdtempSync(path.join(tmpdir(), 'labc-logins-'));
	let place: Scenario | undefined;
	let registry = '';

	before(async () => {
		place = scenario({ files: { 'compose.yaml': registryFile } });
		const up = await place.labc('compose', 'up', '-d');
		assert.equal(up.status, 0, up.stderr);
		registry = (await place.labc('compose', 'port', 'registry', '5000')).stdout.trim();
		await logIn();
	});

	after(async () => {
		await place?.[Symbol.asyncDispose]();
		rmSync(logins, { recursive: true, force: true });
	});

	/** Succeeds as soon as the registry answers, and leaves the login where docker does. */
	async function logIn(): Promise<void> {
		const words = ['--config', logins, 'login', '--username', 'ada', '--password', 'secret', registry];
		const end = Date.now() + startedIn;
		let outcome = await execute('docker', words);
		while (outcome.status !== 0 && Date.now() < end) outcome = await execute('docker', words);
		assert.equal(outcome.status, 0, outcome.stderr);
	}

	/** A project of two services that are built, one with a second tag, and one that is not. */
	const open = (env: Readonly<Record<string, string>> = { DOCKER_CONFIG: logins }): Scenario => {
		const lab = scenario({ env });
		lab.write('Dockerfile', `FROM labc/busybox:latest\nLABEL made.for=${lab.project}\n`);
		lab.write(
			'compose.yaml',
			[
				'services:',
				'  app:',
				`    image: ${registry}/${lab.project}/app:1`,
				`    build: {context: ., tags: ["${registry}/${lab.project}/app:2"]}`,
				'    depends_on: [lib]',
				'  lib:',
				`    image: ${registry}/${lab.project}/lib:1`,
				'    build: .',
				'  db:',
				'    image: labc/busybox:latest',
				'',
			].join('\n'),
		);
		return lab;
	};

	const nameOf = (lab: Scenario, name: string): string => `${registry}/${lab.project}/${name}`;

	async function build(lab: Scenario, ...words: readonly string[]): Promise<void> {
		const { status, stderr } = await lab.labc('compose', 'build', ...words);
		assert.equal(status, 0, stderr);
	}

	/** Those that the registry has. Asked through the engine: nobody else need reach the registry. */
	async function pushed(lab: Scenario, ...names: readonly string[]): Promise<readonly string[]> {
		const engine = await connectEngine({ env: { ...process.env, DOCKER_CONFIG: logins }, homeDir: homedir() });
		const { signal } = new AbortController();
		const found: string[] = [];
		for (const name of names) {
			const digest = await engine.resolveDigest(nameOf(lab, name), signal).catch((error: Error) => error.message);
			if (digest.startsWith('sha256:')) found.push(name);
			else assert.match(digest, /manifest unknown|name unknown|not found/);
		}
		return found;
	}

	test('what is built goes to its registry with all its tags, and comes back from there', async () => {
		await using lab = open();
		await build(lab);
		const push = await lab.labc('compose', 'push');
		assert.equal(push.status, 0, push.stderr);
		assert.match(push.stderr, new RegExp(`Image ${nameOf(lab, 'app:1')} {2}Pushing\\n`));
		assert.match(push.stderr, new RegExp(`Image ${nameOf(lab, 'app:2')} {2}Pushed\\n`));
		assert.doesNotMatch(push.stderr, /busybox/);
		const id = await docker('inspect', '--format', '{{.Id}}', nameOf(lab, 'lib:1'));
		await docker('rmi', nameOf(lab, 'lib:1'));
		const pull = await lab.labc('compose', 'pull', 'lib');
		assert.equal(pull.status, 0, pull.stderr);
		assert.equal(await docker('inspect', '--format', '{{.Id}}', nameOf(lab, 'lib:1')), id);
	});

	test('a dry run pushes nothing, and a named service goes without its dependencies but when they are asked for', async () => {
		await using lab = open();
		await build(lab);
		const dry = await lab.labc('compose', '--dry-run', 'push');
		assert.equal(dry.status, 0, dry.stderr);
		assert.match(dry.stdout, new RegExp(`push ${nameOf(lab, 'app:1')}`));
		assert.deepEqual(await pushed(lab, 'app:1', 'lib:1'), []);
		const quiet = await lab.labc('compose', 'push', '-q', 'app');
		assert.deepEqual(quiet, { status: 0, stdout: '', stderr: '' });
		assert.deepEqual(await pushed(lab, 'app:1', 'app:2', 'lib:1'), ['app:1', 'app:2']);
		assert.equal((await lab.labc('compose', 'push', '--include-deps', 'app')).status, 0);
		assert.deepEqual(await pushed(lab, 'lib:1'), ['lib:1']);
	});

	test('who has not logged in is told where and how, and may go on all the same', async () => {
		const nobody = mkdtempSync(path.join(tmpdir(), 'labc-nobody-'));
		await using lab = open({ DOCKER_CONFIG: nobody });
		await build(lab);
		const push = await lab.labc('compose', 'push', 'lib');
		assert.equal(push.status, 1);
		assert.match(push.stderr, /error: service `lib`: cannot push image .*no basic auth credentials/);
		assert.match(push.stderr, /at compose\.yaml:7:12\n/);
		assert.match(push.stderr, /hint: .*docker login/);
		const all = await lab.labc('compose', 'push', '--ignore-push-failures');
		assert.equal(all.status, 0, all.stderr);
		assert.equal(all.stderr.match(/warning: service/g)?.length, 3);
		rmSync(nobody, { recursive: true, force: true });
	});

	test('a program that keeps credentials is asked for them', async () => {
		const config = mkdtempSync(path.join(tmpdir(), 'labc-helper-'));
		const program = path.join(config, 'docker-credential-labtest');
		writeFileSync(path.join(config, 'config.json'), JSON.stringify({ credHelpers: { [registry]: 'labtest' } }));
		writeFileSync(program, '#!/bin/sh\ncat >/dev/null\necho \'{"Username":"ada","Secret":"secret"}\'\n');
		chmodSync(program, 0o755);
		await using lab = open({ DOCKER_CONFIG: config, PATH: `${config}:${process.env['PATH'] ?? ''}` });
		await build(lab, 'lib');
		const push = await lab.labc('compose', 'push', 'lib');
		assert.equal(push.status, 0, push.stderr);
		assert.deepEqual(await pushed(lab, 'lib:1'), ['lib:1']);
		rmSync(config, { recursive: true, force: true });
	});

	test('an image that is not built yet fails at its tag, and the others are pushed', async () => {
		await using lab = open();
		await build(lab);
		await docker('rmi', nameOf(lab, 'app:2'));
		const push = await lab.labc('compose', 'push', 'app', 'lib');
		assert.equal(push.status, 1);
		assert.match(push.stderr, /warning: 2 of 3 steps are done\n {2}failed: push image .*app:2\n/);
		assert.match(push.stderr, /at compose\.yaml:4:32\n/);
		assert.match(push.stderr, /hint: Build it first, with `labc compose build`\./);
		assert.deepEqual(await pushed(lab, 'app:1', 'lib:1'), ['app:1', 'lib:1']);
	});

	test('what is not pushed says why, and that is no failure', async () => {
		await using lab = open();
		lab.write('compose.yaml', 'services:\n  nameless: {build: .}\n  db: {image: labc/busybox:latest}\n');
		const push = await lab.labc('compose', 'push', 'nameless', 'db');
		assert.equal(push.status, 0, push.stderr);
		assert.match(push.stderr, /service `nameless` is not pushed: it has no `image`/);
		assert.match(push.stderr, /service `db` is not pushed: it has no `build`/);
		assert.match(push.stderr, /no images to push/);
	});

	test('`build --push` builds and pushes in one go', async () => {
		await using lab = open();
		await build(lab, '--push');
		assert.deepEqual(await pushed(lab, 'app:1', 'app:2', 'lib:1'), ['app:1', 'app:2', 'lib:1']);
	});
});
