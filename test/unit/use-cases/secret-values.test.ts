import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import { secretValues } from '../../../src/use-cases/secret-values.ts';
import { project, service } from '../../support/plan-cases.ts';

const declared: Project = {
	...project({
		services: {
			a: service({
				environment: {
					DB_PASSWORD: 'in-environment',
					DB_PASSWORD_FILE: '/run/secrets/db',
					USE_TOKEN: 'false',
					PIN_KEY: '1234',
					EMPTY_KEY: null,
					TIER: 'laboratory',
				},
				build: { context: '.', args: { NPM_TOKEN: 'in-arguments' } },
			}),
		},
	}),
	disabledServices: new Map([['b', service({ environment: { API_KEY: 'of-a-disabled-one' } })]]),
	secrets: new Map([
		['s', { name: 'p_s', environment: 'PLAIN_NAME' }],
		['f', { name: 'p_f', file: '/p/f' }],
	]),
};

describe('secretValues', () => {
	test('are those of secrets and of names that look like credentials, where they are long enough to be told apart', () => {
		const variables = new Map([
			['PLAIN_NAME', ' of-a-secret\n'],
			['AWS_SECRET_ACCESS_KEY', 'of-a-variable'],
			['HOME', '/home/ada'],
		]);
		assert.deepEqual([...secretValues(declared, variables)].toSorted(), [
			'in-arguments',
			'in-environment',
			'of-a-disabled-one',
			'of-a-secret',
			'of-a-variable',
		]);
	});
});
