import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../../src/errors/findings.ts';
import { checkContainerNames } from '../../../../src/loader/checks/container-names.ts';
import type { Service } from '../../../../src/model/service.ts';
import { parsedOne } from '../../../support/load-text.ts';

const service = (container_name?: string): Service => ({
	command: null,
	entrypoint: null,
	...(container_name !== undefined && { container_name }),
});

function problems(services: Readonly<Record<string, Service>>): readonly string[] {
	const findings = new Findings();
	const tree = parsedOne('services: {a: {container_name: n}, b: {container_name: n}}');
	checkContainerNames(new Map(Object.entries(services)), tree, findings);
	return findings.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('checkContainerNames', () => {
	test('two services with one name', () => {
		assert.deepEqual(problems({ a: service('n'), b: service('n') }), [
			'services.b.container_name: the container name `n` is already that of service `a`',
		]);
	});

	test('a service that is not selected takes no name', () => assert.deepEqual(problems({ b: service('n') }), []));

	test('services without a name', () => assert.deepEqual(problems({ a: service(), b: service() }), []));
});
