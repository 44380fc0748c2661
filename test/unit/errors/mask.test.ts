import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCredential, maskText, maskValue } from '../../../src/errors/mask.ts';

describe('isCredential', () => {
	for (const key of ['JUPYTER_TOKEN', 'password', 'PGPASS', 'AWS_SECRET_ACCESS_KEY', 'apiKey', 'REGISTRY_AUTH']) {
		test(`${key} is one`, () => assert.equal(isCredential(key), true));
	}
	for (const key of ['LR', 'EPOCHS', 'PATH', 'HOST_PORT'])
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
