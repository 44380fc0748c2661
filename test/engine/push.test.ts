import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { connectEngine } from '../../src/engine/docker/connect.ts';
import type { ImageProgress } from '../../src/engine/image-api.ts';
import { type Answer, openFakeEngine } from '../support/fake-engine.ts';

const records = (...values: readonly object[]): string =>
	values.map((value) => `${JSON.stringify(value)}\r\n`).join('');
const done: Answer = (_, response) => response.end(records({ status: 'Done' }));

describe('pushing an image', () => {
	const home = mkdtempSync(path.join(tmpdir(), 'labc-push-'));
	after(() => rmSync(home, { recursive: true, force: true }));

	async function push(reference: string, answer: Answer, signal = new AbortController().signal) {
		await using fake = await openFakeEngine(answer);
		const engine = await connectEngine({ host: fake.host, env: { DOCKER_CONFIG: home }, homeDir: home });
		const progress: ImageProgress[] = [];
		await engine.pushImage(reference, (step) => progress.push(step), signal);
		return { progress, seen: fake.seen };
	}

	test('progress is told, and records without words are not', async () => {
		const { progress, seen } = await push('reg:5000/me/app:1.2', (_, response) =>
			response.end(
				records(
					{ status: 'Pushing', id: 'a', progressDetail: { current: 1, total: 4 } },
					{ status: '1.2: digest: sha256:0f size: 5' },
					{ progressDetail: {}, aux: { Tag: '1.2', Digest: 'sha256:0f', Size: 5 } },
				),
			),
		);
		assert.deepEqual(progress, [
			{ text: 'a: Pushing', fraction: 0.25 },
			{ text: '1.2: digest: sha256:0f size: 5', fraction: 0.25 },
		]);
		assert.equal(seen.at(-1), 'POST /v1.51/images/reg:5000/me/app/push?tag=1.2');
	});

	test('without a tag only the latest is pushed', async () => {
		const { seen } = await push('r/app', done);
		assert.match(seen.at(-1) ?? '', /\/images\/r\/app\/push\?tag=latest$/);
	});

	test('a digest is refused before the engine is asked', async () => {
		const seen: string[] = [];
		const pushed = push('r/app@sha256:0f', (request, response) => {
			seen.push(request.url ?? '');
			response.end();
		});
		await assert.rejects(pushed, (error: Error & { code?: string; hint?: string }) => {
			assert.equal(error.code, 'PUSH_FAILED');
			assert.match(error.hint ?? '', /a tag in place of the digest/);
			return true;
		});
		assert.deepEqual(seen, []);
	});

	const failures = [
		{
			when: 'the failure comes inside the stream',
			answer: ((_, response) => response.end(records({ status: 'x' }, { error: 'quota exceeded' }))) satisfies Answer,
			says: 'quota exceeded',
			hint: /what the registry takes/,
		},
		{
			when: 'the image is not here',
			answer: ((_, response) =>
				response.end(records({ error: 'An image does not exist locally with the tag: r/app' }))) satisfies Answer,
			says: 'An image does not exist locally with the tag: r/app',
			hint: /labc compose build/,
		},
		{
			when: 'only another tag of it is here',
			answer: ((_, response) => response.end(records({ error: 'tag does not exist: r/app' }))) satisfies Answer,
			says: 'tag does not exist: r/app',
			hint: /labc compose build/,
		},
		{
			when: 'the engine refuses at once',
			answer: ((_, response) => response.writeHead(404).end('{"message":"No such image: r/app"}')) satisfies Answer,
			says: 'No such image: r/app',
			hint: /labc compose build/,
		},
		{
			when: 'nobody has logged in',
			answer: ((_, response) => response.end(records({ error: 'no basic auth credentials' }))) satisfies Answer,
			says: 'no basic auth credentials',
			hint: /docker login/,
		},
		{
			when: 'the registry is out of reach',
			answer: ((_, response) => response.end(records({ error: 'dial tcp 10.0.0.1: timeout' }))) satisfies Answer,
			says: 'dial tcp 10.0.0.1: timeout',
			hint: /the engine reaches it/,
		},
		{
			when: 'the registry has no certificate',
			answer: ((_, response) =>
				response.end(records({ error: 'server gave HTTP response to HTTPS client' }))) satisfies Answer,
			says: 'server gave HTTP response to HTTPS client',
			hint: /insecure-registries/,
		},
	];
	for (const { when, answer, says, hint } of failures) {
		test(`when ${when}`, async () => {
			await assert.rejects(push('r/app', answer), (error: Error & { code?: string; hint?: string }) => {
				assert.deepEqual([error.code, error.message], ['PUSH_FAILED', `cannot push image \`r/app\`: ${says}`]);
				assert.match(error.hint ?? '', hint);
				return true;
			});
		});
	}

	const auth = Buffer.from('ada:secret').toString('base64');
	const logins = [
		{ when: 'docker’s settings hold some', config: { auths: { 'reg:5000': { auth } } }, sent: 'ada' },
		{ when: 'they hold none, for engines that take no push without the header', config: {}, sent: undefined },
	];
	for (const { when, config, sent } of logins) {
		test(`credentials go along when ${when}`, async () => {
			writeFileSync(path.join(home, 'config.json'), JSON.stringify(config));
			let header = '';
			await push('reg:5000/app', (request, response) => {
				header = String(request.headers['x-registry-auth'] ?? '');
				response.end(records({ status: 'Done' }));
			});
			assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).username, sent);
		});
	}

	test('an abort ends it', async () => {
		const stop = new AbortController();
		await using fake = await openFakeEngine((_, response) => response.write(records({ status: 'Waiting', id: 'a' })));
		const engine = await connectEngine({ host: fake.host, env: { DOCKER_CONFIG: home }, homeDir: home });
		await assert.rejects(
			engine.pushImage('app', () => stop.abort(), stop.signal),
			{ name: 'AbortError' },
		);
	});
});
