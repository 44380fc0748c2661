import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuildTarget } from '../../../src/build/builder.ts';
import { missingSecret } from '../../../src/build/missing-secret.ts';

const target: BuildTarget = {
	service: 'web',
	build: { context: '/src', secrets: [{ source: 'ca' }, { source: 'token' }] },
	image: 'web',
	labels: {},
	secrets: new Map([
		['ca', { name: 'ca', file: '/ca.crt' }],
		['token', { name: 'token', environment: 'TOKEN' }],
	]),
};

describe('missingSecret', () => {
	test('a variable that is not set is named before the build', () => {
		const error = missingSecret([target], new Map());
		assert.equal(error?.code, 'VARIABLE_REQUIRED');
		assert.match(error?.message ?? '', /`web` needs the secret `token`, but the variable `TOKEN` is not set/);
	});

	test('an empty variable is set', () => assert.equal(missingSecret([target], new Map([['TOKEN', '']])), undefined));
});
