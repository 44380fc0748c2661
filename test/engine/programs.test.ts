import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Provider } from '../../src/model/provider.ts';
import { openPrograms } from '../../src/programs/open-programs.ts';
import type { ProviderVerb } from '../../src/programs/programs.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'labc-programs-'));
	mkdirSync(path.join(folder, 'cli-plugins'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes its arguments; `script` says the rest. */
function install(name: string, script: string): void {
	const lines = ['#!/bin/sh', `echo "$*" >> ${folder}/calls`, script];
	writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`, { mode: 0o755 });
}

const calls = (): readonly string[] => readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
const programs = (env: Readonly<Record<string, string>> = {}) =>
	openPrograms({ env: { PATH: `${folder}:/usr/bin:/bin`, DOCKER_CONFIG: folder, ...env }, homeDir: folder });
const { signal } = new AbortController();

function provide(
	verb: ProviderVerb,
	{ provider = { type: 'cloud' }, env = {} }: { provider?: Provider; env?: Readonly<Record<string, string>> } = {},
) {
	const said: string[] = [];
	const request = {
		projectName: 'lab',
		service: 'db',
		provider,
		verb,
		signal,
		onProgress: (text: string) => said.push(text),
	};
	return { told: programs(env).provide(request), said };
}

const tell = (type: string, message: string): string => `printf '%s\\n' '${JSON.stringify({ type, message })}'`;

describe('a provider', () => {
	test('is called with the project, the verb, its options and the service, and tells variables', async () => {
		install(
			'cloud',
			[tell('info', 'making\nmore'), tell('debug', 'x'), tell('setenv', 'URL=a=b'), tell('rawsetenv', 'RAW=1')].join(
				'\n',
			),
		);
		const { told, said } = provide('up', { provider: { type: 'cloud', options: { size: ['1', '2'], type: ['t'] } } });
		const { prefixed, raw } = await told;
		assert.deepEqual([[...prefixed], [...raw]], [[['URL', 'a=b']], [['RAW', '1']]]);
		assert.deepEqual(said, ['making']);
		assert.deepEqual(calls(), ['compose metadata', 'compose --project-name=lab up --size=1 --size=2 --type=t db']);
	});

	test('is found among docker’s plugins first', async () => {
		install('cloud', 'exit 9');
		install('cli-plugins/docker-cloud', '');
		await provide('down').told;
		assert.deepEqual(calls(), ['compose metadata', 'compose --project-name=lab down db']);
	});

	test('that describes itself gets the options it knows', async () => {
		const metadata = { description: 'd', up: { parameters: [{ name: 'size', required: true }] } };
		install('cloud', `[ "$2" = metadata ] && echo '${JSON.stringify(metadata)}'; true`);
		await provide('up', { provider: { type: 'cloud', options: { size: ['1'], other: ['2'] } } }).told;
		assert.equal(calls().at(-1), 'compose --project-name=lab up --size=1 db');
		await assert.rejects(provide('up').told, {
			code: 'VALUE_INVALID',
			message: /required parameter `size` is missing/,
		});
	});

	test('is stopped only where it says that it can be', async () => {
		install('cloud', '');
		await provide('stop').told;
		assert.deepEqual(calls(), ['compose metadata']);
		install('cloud', `[ "$2" = metadata ] && echo '{"stop":{"parameters":[]}}'; true`);
		await provide('stop').told;
		assert.equal(calls().at(-1), 'compose --project-name=lab stop db');
	});

	const failures: readonly { when: string; script: string; message: RegExp }[] = [
		{ when: 'it says so', script: `[ "$2" = metadata ] || ${tell('error', 'no money')}`, message: /^no money$/ },
		{
			when: 'its status says so',
			script: '[ "$2" = metadata ] || { echo because >&2; exit 4; }',
			message: /^failed to create service provider `db`: exit status 4\nbecause$/,
		},
		{
			when: 'nobody understands it',
			script: '[ "$2" = metadata ] || echo hello',
			message: /invalid response from the provider of service `db`: `hello`/,
		},
		{
			when: 'it says an unknown word',
			script: `[ "$2" = metadata ] || ${tell('constructor', '')}`,
			message: /invalid response .*`constructor`/,
		},
		{
			when: 'a variable has no value',
			script: `[ "$2" = metadata ] || ${tell('setenv', 'URL')}`,
			message: /invalid response .*`URL`/,
		},
	];
	for (const { when, script, message } of failures) {
		test(`has failed where ${when}`, async () => {
			install('cloud', script);
			await assert.rejects(provide('up').told, { code: 'PROVIDER_FAILED', message });
		});
	}

	test('that is not installed is named', async () => {
		await assert.rejects(provide('up').told, {
			code: 'PROVIDER_FAILED',
			message: /needs the program `cloud`, which is not installed/,
		});
	});

	test('is not labc itself', async () => {
		await assert.rejects(provide('up', { provider: { type: 'compose' } }).told, { code: 'VALUE_INVALID' });
	});
});

describe('models', () => {
	const plugin = [
		'case "$1" in',
		`ls) echo '[{"tags":["ai/have"]}]';;`,
		`status) echo '{"endpoint":"http://m/"}';;`,
		'pull) echo pulling; exit $FAIL;;',
		'esac',
	].join('\n');
	const models = [{ model: 'ai/have', context_size: 10, runtime_flags: ['--a', 'b'] }, { model: 'ai/miss' }];
	const prepare = (env: Readonly<Record<string, string>> = {}) => {
		const said: string[] = [];
		return { done: programs(env).prepareModels({ models, signal, onProgress: (text) => said.push(text) }), said };
	};

	test('are pulled where they are missing and set up, and the address they answer under is told', async () => {
		install('cli-plugins/docker-model', plugin);
		const { done, said } = prepare();
		assert.equal(await done, 'http://m/');
		assert.deepEqual([...calls()].sort(), [
			'configure --context-size 10 ai/have -- --a b',
			'configure ai/miss',
			'ls --json',
			'pull ai/miss',
			'status --json',
		]);
		assert.deepEqual(said, ['pulling']);
	});

	test('one that can’t be pulled is a failure', async () => {
		install('cli-plugins/docker-model', plugin);
		await assert.rejects(prepare({ FAIL: '3' }).done, {
			code: 'PROVIDER_FAILED',
			message: /`docker model pull ai\/miss` failed: pulling/,
		});
	});

	test('need docker’s plugin', async () => {
		await assert.rejects(prepare().done, { code: 'PROVIDER_FAILED', message: /needs the Docker Model plugin/ });
	});
});
