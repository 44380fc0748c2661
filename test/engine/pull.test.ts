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

interface PullGiven {
	readonly signal?: AbortSignal;
	readonly platform?: string;
}

describe('pulling an image', () => {
	const home = mkdtempSync(path.join(tmpdir(), 'labc-pull-'));
	after(() => rmSync(home, { recursive: true, force: true }));

	async function pull(
		reference: string,
		answer: Answer,
		{ signal = new AbortController().signal, platform }: PullGiven = {},
	) {
		await using fake = await openFakeEngine(answer);
		const engine = await connectEngine({ host: fake.host, env: { DOCKER_CONFIG: home }, homeDir: home });
		const progress: ImageProgress[] = [];
		await engine.pullImage({ reference, platform }, (step) => progress.push(step), signal);
		return { progress, seen: fake.seen };
	}

	test('progress is told, and the name goes to the engine in two parts', async () => {
		const { progress, seen } = await pull('reg:5000/me/app:1.2', (_, response) =>
			response.end(
				records({ status: 'Downloading', id: 'a', progressDetail: { current: 1, total: 2 } }, { status: 'Done' }),
			),
		);
		assert.deepEqual(progress, [
			{ text: 'a: Downloading', fraction: 0.25 },
			{ text: 'Done', fraction: 0.25 },
		]);
		assert.equal(seen.at(-1), 'POST /v1.51/images/create?fromImage=reg%3A5000%2Fme%2Fapp&tag=1.2');
	});

	test('a platform is asked for where one is wanted', async () => {
		const done: Answer = (_, response) => response.end(records({ status: 'Done' }));
		const { seen } = await pull('app', done, { platform: 'linux/arm64' });
		assert.match(seen.at(-1) ?? '', /fromImage=app&tag=latest&platform=linux%2Farm64$/);
	});

	test('a digest takes the place of the tag', async () => {
		const { seen } = await pull('app:1@sha256:0f', (_, response) => response.end(records({ status: 'Done' })));
		assert.match(seen.at(-1) ?? '', /fromImage=app&tag=sha256%3A0f$/);
	});

	const failures = [
		{
			when: 'the failure comes inside the stream',
			answer: ((_, response) => response.end(records({ status: 'x' }, { error: 'manifest unknown' }))) satisfies Answer,
			says: 'cannot pull image `app`: manifest unknown',
			hint: /name and the tag/,
		},
		{
			when: 'the engine refuses at once',
			answer: ((_, response) =>
				response.writeHead(404).end('{"message":"pull access denied for app"}')) satisfies Answer,
			says: 'cannot pull image `app`: pull access denied for app',
			hint: /docker login/,
		},
		{
			when: 'the registry is out of reach',
			answer: ((_, response) =>
				response.writeHead(500).end('{"message":"dial tcp: lookup r: no such host"}')) satisfies Answer,
			says: 'cannot pull image `app`: dial tcp: lookup r: no such host',
			hint: /reaches the registry/,
		},
	];
	for (const { when, answer, says, hint } of failures) {
		test(`when ${when}`, async () => {
			await assert.rejects(pull('app', answer), (error: Error & { code?: string; hint?: string }) => {
				assert.deepEqual([error.code, error.message], ['IMAGE_UNAVAILABLE', says]);
				assert.match(error.hint ?? '', hint);
				return true;
			});
		});
	}

	test("credentials of docker's settings go along", async () => {
		const auth = Buffer.from('ada:secret').toString('base64');
		writeFileSync(path.join(home, 'config.json'), JSON.stringify({ auths: { 'reg:5000': { auth } } }));
		let sent = '';
		await pull('reg:5000/app', (request, response) => {
			sent = String(request.headers['x-registry-auth'] ?? '');
			response.end(records({ status: 'Done' }));
		});
		assert.equal(JSON.parse(Buffer.from(sent, 'base64url').toString()).username, 'ada');
	});

	test('an abort ends it', async () => {
		const stop = new AbortController();
		const pulled = pull(
			'app',
			(_, response) => {
				response.write(records({ status: 'Waiting', id: 'a' }));
				setTimeout(() => stop.abort(), 20);
			},
			stop,
		);
		await assert.rejects(pulled, { name: 'AbortError' });
	});
});
