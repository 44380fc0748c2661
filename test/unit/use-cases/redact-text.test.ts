import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redactText } from '../../../src/use-cases/redact-text.ts';

describe('redactText', () => {
	const cases = [
		{ path: 'services.a.environment.API_TOKEN', text: 'abc', is: '••••' },
		{ path: 'services.a.environment.LR', text: '0.1', is: '0.1' },
		{ path: 'services.a.environment.URL', text: 'redis://u:pw@h', is: 'redis://u:••••@h' },
		{ path: 'services.a.environment.API_TOKEN', text: '', is: '' },
		{ path: 'services.a.build.args.NPM_AUTH', text: 'abc', is: '••••' },
		{ path: 'services.a.command.*', text: '--token=abc', is: '--token=••••' },
		{ path: 'secrets.s.content', text: 'abc', is: '••••' },
		{ path: 'secrets.s.file', text: '/run/s', is: '/run/s' },
		{ path: 'services.a.credential_spec.file', text: 'spec.json', is: 'spec.json' },
		{ path: 'x-lab.password', text: 'abc', is: '••••' },
	];
	for (const { path, text, is } of cases) {
		test(`${path}: ${text}`, () => assert.equal(redactText(text, path.split('.')), is));
	}
});
