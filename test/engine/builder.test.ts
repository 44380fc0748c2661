import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BuildTarget } from '../../src/build/builder.ts';
import { createBuilder } from '../../src/build/buildx-builder.ts';
import { findBuildx } from '../../src/build/find-buildx.ts';
import { locateEngine } from '../../src/engine/docker/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import type { Build } from '../../src/model/build.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';

const request = { env: process.env, homeDir: homedir() };
const noBuildx = await findBuildx(request).then(
	() => undefined,
	(error: Error) => error.message,
);
const skip = (await whyNoTestEngine()) ?? noBuildx ?? false;

describe('building on a real engine', { skip }, () => {
	const mark = `labct-${randomBytes(4).toString('hex')}`;
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-build-'));
	const outside = mkdtempSync(path.join(tmpdir(), 'labc-secret-'));
	const builder = createBuilder({
		...request,
		engineAddress: locateEngine(request).address,
		variables: new Map([
			['LD_PRELOAD', 'from a variable'],
			['OTHER', 'nobody asked for it'],
		]),
	});
	let engine: Engine;
	const images = new Set<string>();

	before(async () => {
		engine = await connectTestEngine();
		writeFileSync(path.join(folder, 'secret.txt'), 'hidden');
		writeFileSync(path.join(outside, 'key.txt'), 'from outside', { mode: 0o600 });
		writeFileSync(path.join(folder, 'Broken'), 'FROM labc/busybox:latest\nRUN echo before; exit 3\n');
	});

	after(async () => {
		for (const image of images) if (await engine.findImage(image)) await engine.removeImage(image);
		for (const made of [folder, outside]) rmSync(made, { recursive: true, force: true });
	});

	function target(service: string, lines: readonly string[], build: Partial<Build> = {}): BuildTarget {
		const image = `${mark}-${service}:latest`;
		images.add(image);
		return {
			service,
			build: { context: folder, dockerfile_inline: ['FROM labc/busybox:latest', ...lines, ''].join('\n'), ...build },
			image,
			labels: { 'labc.test': mark },
			secrets: new Map([
				['ca', { name: 'ca', file: path.join(folder, 'secret.txt') }],
				['key', { name: 'key', file: path.join(outside, 'key.txt') }],
				['preload', { name: 'preload', environment: 'LD_PRELOAD' }],
			]),
		};
	}

	async function build(
		targets: readonly BuildTarget[],
		signal = new AbortController().signal,
	): Promise<readonly string[]> {
		const lines: string[] = [];
		await builder.build(targets, {
			signal,
			noCache: true,
			onOutput: (service, text) => lines.push(`${service}: ${text}`),
		});
		return lines;
	}

	test('arguments, labels, secrets and files of two services, in one run', async () => {
		const web = target('web', ['ARG WHO', 'RUN echo "it is $WHO"'], {
			args: { WHO: '${x} %{y} "z"' },
			labels: { own: '1' },
		});
		const db = target(
			'db.main',
			['RUN --mount=type=secret,id=ca cat /run/secrets/ca; echo', 'COPY secret.txt /copied'],
			{
				secrets: [{ source: 'ca' }],
			},
		);
		const lines = await build([web, db]);
		assert.ok(lines.includes('web: it is ${x} %{y} "z"'), lines.join('\n'));
		assert.ok(lines.includes('db.main: hidden'), lines.join('\n'));
		const image = await engine.findImage(web.image);
		assert.equal(image?.labels['own'], '1');
		assert.equal(image?.labels['labc.test'], mark);
		assert.ok(await engine.findImage(db.image));
	});

	test('secrets come from variables and from files outside the context', async () => {
		const read = (id: string) => `RUN --mount=type=secret,id=${id} cat /run/secrets/${id}; echo`;
		const secrets = [{ source: 'key' }, { source: 'preload' }];
		const lines = await build([target('secret', [read('key'), read('preload')], { secrets })]);
		assert.ok(lines.includes('secret: from outside'), lines.join('\n'));
		assert.ok(lines.includes('secret: from a variable'), lines.join('\n'));
	});

	const failures = [
		{
			when: 'a step fails',
			lines: ['RUN echo before; exit 3'],
			build: {},
			says: /^building `web` failed at `RUN echo before; exit 3`: .*exit code: 3\n {2}\| before$/,
		},
		{
			when: 'a file is missing',
			lines: ['COPY nofile /x'],
			build: {},
			says: /at `COPY nofile \/x`: .*"\/nofile": not found/,
		},
		{
			when: 'the context is missing',
			lines: [],
			build: { context: '/no/such/folder' },
			says: /^building `web` failed: .*"\/no\/such\/folder" not found/,
		},
		{ when: 'an instruction is unknown', lines: ['FRUM x'], build: {}, says: /unknown instruction: FRUM/ },
	];
	for (const { when, lines, build: changes, says } of failures) {
		test(`when ${when}`, async () => {
			const error = await build([target('web', lines, changes)]).catch((reason: unknown) => reason);
			assert.ok(error instanceof LabcError, String(error));
			assert.equal(error.code, 'BUILD_FAILED');
			assert.match(error.message, says);
			assert.ok(error.hint);
		});
	}

	test('the place in the Dockerfile is told', async () => {
		const { dockerfile_inline: _, ...fromFile } = target('web', []).build;
		const broken = { ...target('web', []), build: { ...fromFile, dockerfile: 'Broken' } };
		await assert.rejects(build([broken]), {
			at: { file: path.join(folder, 'Broken'), line: 2, column: 1, lineText: 'RUN echo before; exit 3' },
		});
	});

	test('an abort ends the build at once', async () => {
		const stop = new AbortController();
		const slow = target('slow', ['RUN echo started; sleep 60']);
		const ended = builder.build([slow], {
			signal: stop.signal,
			onOutput: (_, text) => {
				if (text === 'started') stop.abort();
			},
		});
		await assert.rejects(ended, { code: 'INTERRUPTED' });
		assert.equal(await engine.findImage(slow.image), undefined);
	});
});

describe('findBuildx', () => {
	const home = mkdtempSync(path.join(tmpdir(), 'labc-home-'));
	after(() => rmSync(home, { recursive: true, force: true }));

	function plugin(folder: string, mode: number): string {
		const file = path.join(home, folder, 'docker-buildx');
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, '');
		chmodSync(file, mode);
		return file;
	}

	test('takes the plugin of the home folder, but not one that is not executable', async () => {
		plugin('.docker/cli-plugins', 0o644);
		const second = plugin('moved/cli-plugins', 0o755);
		assert.notEqual(
			await findBuildx({ env: {}, homeDir: home }).catch(() => ''),
			path.join(home, '.docker/cli-plugins/docker-buildx'),
		);
		assert.equal(await findBuildx({ env: { DOCKER_CONFIG: path.join(home, 'moved') }, homeDir: home }), second);
	});

	test("takes a folder that docker's settings name before all others", async () => {
		const extra = plugin('extra', 0o755);
		const config = path.join(home, 'configured');
		mkdirSync(config);
		writeFileSync(path.join(config, 'config.json'), JSON.stringify({ cliPluginsExtraDirs: [path.dirname(extra)] }));
		assert.equal(await findBuildx({ env: { DOCKER_CONFIG: config }, homeDir: home }), extra);
	});
});
