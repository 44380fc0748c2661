import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { registryCredentials } from '../../src/engine/docker/registry-credentials.ts';

const hub = 'https://index.docker.io/v1/';
const auth = Buffer.from('ada:pass:word').toString('base64');

describe('registryCredentials', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-auth-'));
	after(() => rmSync(folder, { recursive: true, force: true }));

	const program = path.join(folder, 'docker-credential-test');
	writeFileSync(program, '#!/bin/sh\nread name\necho "{\\"Username\\":\\"of $name\\",\\"Secret\\":\\"s\\"}"\n');
	const refusing = path.join(folder, 'docker-credential-empty');
	writeFileSync(refusing, '#!/bin/sh\necho credentials not found in native keychain; exit 1\n');
	for (const file of [program, refusing]) chmodSync(file, 0o755);

	function find(config: object | string, registry: string) {
		writeFileSync(path.join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
		const env = { DOCKER_CONFIG: folder, PATH: `${folder}:/usr/bin:/bin` };
		return registryCredentials({ env, homeDir: '/' }).find(registry);
	}

	const cases = [
		{ when: 'nothing is stored', config: {}, registry: hub, gives: undefined },
		{ when: 'another registry is stored', config: { auths: { 'r:5000': { auth } } }, registry: hub, gives: undefined },
		{
			when: 'the registry is stored, its password with a colon',
			config: { auths: { [hub]: { auth } } },
			registry: hub,
			gives: { username: 'ada', password: 'pass:word', serveraddress: hub },
		},
		{
			when: 'it is stored as an address',
			config: { auths: { 'https://r.example/v2/': { auth } } },
			registry: 'r.example',
			gives: { username: 'ada', password: 'pass:word', serveraddress: 'r.example' },
		},
		{
			when: 'a token is stored',
			config: { auths: { r: { identitytoken: 't' } } },
			registry: 'r',
			gives: { identitytoken: 't', serveraddress: 'r' },
		},
		{ when: 'the entry is empty', config: { auths: { r: {} } }, registry: 'r', gives: undefined },
		{
			when: 'a program has it',
			config: { credsStore: 'test' },
			registry: 'r',
			gives: { username: 'of r', password: 's', serveraddress: 'r' },
		},
		{
			when: 'a program has that of one registry',
			config: { credHelpers: { r: 'test' }, credsStore: 'empty' },
			registry: 'r',
			gives: { username: 'of r', password: 's', serveraddress: 'r' },
		},
		{ when: 'the program has nothing', config: { credsStore: 'empty' }, registry: 'r', gives: undefined },
	];
	for (const { when, config, registry, gives } of cases) {
		test(`when ${when}`, async () => assert.deepEqual(await find(config, registry), gives));
	}

	test('all logins together are in docker’s own form', async () => {
		const config = { auths: { b: { auth }, a: { identitytoken: 't' }, empty: {} }, credHelpers: { c: 'test' } };
		writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
		const env = { DOCKER_CONFIG: folder, PATH: `${folder}:/usr/bin:/bin` };
		const text = await registryCredentials({ env, homeDir: '/' }).all();
		const ofC = Buffer.from('of c:s').toString('base64');
		const ofA = { auth: Buffer.from(':').toString('base64'), identitytoken: 't' };
		assert.deepEqual(JSON.parse(text), { auths: { a: ofA, b: { auth }, c: { auth: ofC } } });
	});

	test('without any there is an empty list', async () => {
		writeFileSync(path.join(folder, 'config.json'), '{}');
		assert.equal(
			await registryCredentials({ env: { DOCKER_CONFIG: folder }, homeDir: '/' }).all(),
			'{\n\t"auths": {}\n}',
		);
	});

	test('a program that is not there is named', async () => {
		await assert.rejects(find({ credsStore: 'nope' }, 'r'), {
			message: /`docker-credential-nope`, which does not run/,
		});
	});

	test('settings that are no JSON are named', async () => {
		await assert.rejects(find('{', 'r'), { code: 'USAGE_INVALID' });
	});
});
