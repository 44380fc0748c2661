import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fullReference } from '../../../src/use-cases/image-reference.ts';

describe('fullReference', () => {
	const cases = [
		{ reference: 'nginx', is: 'docker.io/library/nginx:latest' },
		{ reference: 'nginx:1.25', is: 'docker.io/library/nginx:1.25' },
		{ reference: 'me/app', is: 'docker.io/me/app:latest' },
		{ reference: 'index.docker.io/me/app:2', is: 'docker.io/me/app:2' },
		{ reference: 'docker.io/nginx', is: 'docker.io/library/nginx:latest' },
		{ reference: 'localhost/app', is: 'localhost/app:latest' },
		{ reference: '127.0.0.1:5000/a/b:3', is: '127.0.0.1:5000/a/b:3' },
		{ reference: 'ghcr.io/a/b@sha256:0', is: 'ghcr.io/a/b@sha256:0' },
		{ reference: 'ghcr.io/a/b:1@sha256:0', is: 'ghcr.io/a/b@sha256:0' },
	];
	for (const { reference, is } of cases) test(reference, () => assert.equal(fullReference(reference), is));

	for (const reference of ['UPPER', 'a//b', 'a b', '']) {
		test(`\`${reference}\` is none`, () => {
			assert.throws(() => fullReference(reference), { code: 'VALUE_INVALID' });
		});
	}
});
