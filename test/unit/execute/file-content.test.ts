import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ContentSources, fileContent } from '../../../src/execute/file-content.ts';
import { registryLoginsKey } from '../../../src/plan/api-socket.ts';
import { project } from '../../support/plan-cases.ts';

const lab = project({
	services: {},
	secrets: { token: { name: 'lab_token', environment: 'TOKEN' }, empty: { name: 'lab_empty', environment: 'EMPTY' } },
	configs: { text: { name: 'lab_text', content: '' }, token: { name: 'lab_cfg', environment: 'OTHER' } },
});
const sources: ContentSources = {
	variables: () =>
		new Map([
			['TOKEN', 'hush'],
			['EMPTY', ''],
			['OTHER', 'other'],
		]),
	registryLogins: async () => '{"auths":{}}',
	fileExists: async () => true,
	now: () => 0,
};

const cases = [
	{ kind: 'secret', source: 'token', is: 'hush' },
	{ kind: 'secret', source: 'empty', is: '' },
	{ kind: 'config', source: 'token', is: 'other' },
	{ kind: 'config', source: 'text', is: '' },
	{ kind: 'config', source: registryLoginsKey, is: '{"auths":{}}' },
] as const;

describe('fileContent', () => {
	for (const { kind, source, is } of cases) {
		test(`the ${kind} ${source}`, async () => assert.equal(await fileContent({ kind, source }, lab, sources), is));
	}

	test('a variable that is not set is told by its name', async () => {
		const unset = { ...sources, variables: () => new Map() };
		await assert.rejects(fileContent({ kind: 'secret', source: 'token' }, lab, unset), {
			code: 'VARIABLE_REQUIRED',
			message: 'environment variable `TOKEN` required by secret `token` is not set',
		});
	});

	test('without the file that declares it it can’t be read', async () => {
		await assert.rejects(fileContent({ kind: 'secret', source: 'token' }, undefined, sources), /needs the file/);
	});
});
