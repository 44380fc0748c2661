import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../src/document/node.ts';
import { toPlain } from '../../../src/document/plain.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { isPastRepair, withoutFailed } from '../../../src/loader/without-failed.ts';
import { parsedOne } from '../../support/load-text.ts';

function findingsAt(paths: readonly string[], code: ErrorCode = 'SCHEMA_VIOLATION'): Findings {
	const findings = new Findings();
	for (const path of paths) findings.error(code, 'wrong', path === '' ? {} : { path: path.split('.') });
	return findings;
}

describe('the sound part of a model', () => {
	const cases: readonly { when: string; text: string; failed: string[]; sound: unknown }[] = [
		{
			when: 'nothing is wrong',
			text: 'services: {a: {image: x}}',
			failed: [],
			sound: { services: { a: { image: 'x' } } },
		},
		{
			when: 'an attribute is wrong',
			text: 'services: {a: {image: x, user: 5}}',
			failed: ['services.a.user'],
			sound: { services: { a: { image: 'x' } } },
		},
		{
			when: 'something deep inside is wrong',
			text: 'services: {a: {healthcheck: {test: x, interval: 5}}}',
			failed: ['services.a.healthcheck.interval'],
			sound: { services: { a: { healthcheck: { test: 'x' } } } },
		},
		{
			when: 'an item of a list is wrong',
			text: 'services: {a: {image: x, ports: [80, {}]}}',
			failed: ['services.a.ports.1'],
			sound: { services: { a: { image: 'x' } } },
		},
		{
			when: 'a service is no mapping',
			text: 'services: {a: 5, b: {image: x}}',
			failed: ['services.a'],
			sound: { services: { a: {}, b: { image: 'x' } } },
		},
		{
			when: 'a service lacks something',
			text: 'services: {a: {image: x}}',
			failed: ['services.a'],
			sound: { services: { a: { image: 'x' } } },
		},
		{
			when: 'a network is wrong inside',
			text: 'networks: {n: {driver: 5, internal: true}}',
			failed: ['networks.n.driver'],
			sound: { networks: { n: { internal: true } } },
		},
		{
			when: 'an unknown section is there',
			text: 'servces: {}\nservices: {a: {image: x}}',
			failed: ['servces'],
			sound: { services: { a: { image: 'x' } } },
		},
		{
			when: 'a dependency lacks something',
			text: 'services: {a: {depends_on: {b: {}, c: {condition: x}}}}',
			failed: ['services.a.depends_on.b'],
			sound: { services: { a: { depends_on: { c: { condition: 'x' } } } } },
		},
	];
	for (const { when, text, failed, sound } of cases) {
		test(`when ${when}`, () => {
			assert.deepEqual(toPlain(withoutFailed(parsedOne(text) as MappingNode, findingsAt(failed))), sound);
		});
	}
});

describe('later steps are left out', () => {
	const cases: readonly { path: string; code?: ErrorCode; isPast: boolean }[] = [
		{ path: '', isPast: true },
		{ path: 'services', isPast: true },
		{ path: 'networks', isPast: true },
		{ path: 'include', isPast: true },
		{ path: 'include.0', isPast: true },
		{ path: 'servces', isPast: false },
		{ path: 'services.a', isPast: false },
		{ path: 'services.a.image', isPast: false },
		{ path: 'includes', isPast: false },
		{ path: 'services.a.extends', code: 'MODEL_DEPENDENCY_CYCLE', isPast: true },
		{ path: 'services.a.extends', code: 'MODEL_UNDEFINED_REFERENCE', isPast: false },
	];
	for (const { path, code, isPast } of cases) {
		test(`${code ?? 'an error'} at ${path || 'no attribute'}: ${isPast}`, () => {
			assert.equal(isPastRepair(findingsAt([path], code)), isPast);
		});
	}

	test('no further error is kept: they are', () => {
		const paths = Array.from({ length: 100 }, (_, index) => `services.s${index}.image`);
		assert.equal(isPastRepair(findingsAt(paths)), true);
		assert.equal(isPastRepair(findingsAt(paths.slice(1))), false);
	});

	test('nothing is wrong: they are not', () => assert.equal(isPastRepair(new Findings()), false));
});
