import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCredential, maskLine, maskText, maskUrls, maskValue } from '../../../src/errors/mask.ts';

describe('isCredential', () => {
	for (const key of ['JUPYTER_TOKEN', 'password', 'PGPASS', 'AWS_SECRET_ACCESS_KEY', 'apiKey', 'REGISTRY_AUTH']) {
		test(`${key} is one`, () => assert.equal(isCredential(key), true));
	}
	for (const key of ['LR', 'EPOCHS', 'PATH', 'HOST_PORT', 'TOX_TESTENV_PASSENV'])
		test(`${key} is none`, () => assert.equal(isCredential(key), false));
});

test('maskValue hides only credentials', () => {
	assert.equal(maskValue('TOKEN', 'x'), '••••');
	assert.equal(maskValue('LR', 'x'), 'x');
});

describe('maskText', () => {
	const cases = [
		{ text: 'jupyter lab --port 8888', is: 'jupyter lab --port 8888' },
		{ text: 'jupyter --IdentityProvider.token=abc --x=1', is: 'jupyter --IdentityProvider.token=•••• --x=1' },
		{ text: 'serve --api-key abc def', is: 'serve --api-key •••• def' },
		{ text: 'DB_PASSWORD=abc run', is: 'DB_PASSWORD=•••• run' },
	];
	for (const { text, is } of cases) test(text, () => assert.equal(maskText(text), is));
});

describe('maskLine', () => {
	const cases = [
		{ line: '      DB_PASSWORD: hunter2', is: '      DB_PASSWORD: •••••••' },
		{ line: '  - "API_TOKEN=abc"', is: '  - "API_TOKEN=•••"' },
		{ line: 'environment: {MY_KEY: abc, LR: 1}', is: 'environment: {MY_KEY: •••, LR: 1}' },
		{ line: '  - API_TOKEN=${API_TOKEN}', is: '  - API_TOKEN=${API_TOKEN}' },
		{ line: '  keycloak: 5', is: '  keycloak: 5' },
	];
	for (const { line, is } of cases) test(line, () => assert.equal(maskLine(line), is));
});

test('maskUrls hides passwords only', () => {
	assert.equal(maskUrls('postgres://me:word@db:5432/x http://h:80/p'), 'postgres://me:••••@db:5432/x http://h:80/p');
});
