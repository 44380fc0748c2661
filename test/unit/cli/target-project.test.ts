import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requireDeclared } from '../../../src/cli/target-project.ts';
import { project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service() }, disabled: { job: service() } });

describe('requireDeclared', () => {
	for (const name of ['web', 'job']) {
		test(`lets \`${name}\` pass, whether its profile is on or off`, () => requireDeclared(name, lab));
	}
	test('lets every name pass where no file was read', () => requireDeclared('nope', undefined));
	test('refuses a name the file does not have, and names those it has', () => {
		assert.throws(() => requireDeclared('nope', lab), {
			code: 'SERVICE_UNKNOWN',
			message: 'there is no service `nope` in this project',
			hint: 'Name one of web, job.',
		});
	});
});
