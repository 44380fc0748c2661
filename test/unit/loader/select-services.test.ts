import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { applyProfiles, selectServices } from '../../../src/loader/select-services.ts';
import type { Service } from '../../../src/model/service.ts';

const service = (more: Partial<Service> = {}): Service => ({ command: null, entrypoint: null, ...more });
const needs = (...names: readonly string[]): Partial<Service> => ({
	depends_on: Object.fromEntries(names.map((name) => [name, { condition: 'service_started', required: true }])),
});

describe('profiles', () => {
	const services = new Map([
		['web', service()],
		['none', service({ profiles: [] })],
		['debug', service({ profiles: ['debug', 'dev'] })],
		['test', service({ profiles: ['test'] })],
	]);
	const cases: readonly { when: string; profiles: string[]; named: string[]; enabled: string[] }[] = [
		{ when: 'none is active', profiles: [], named: [], enabled: ['web', 'none'] },
		{ when: 'one is active', profiles: ['test'], named: [], enabled: ['web', 'none', 'test'] },
		{ when: 'one of several is active', profiles: ['dev'], named: [], enabled: ['web', 'none', 'debug'] },
		{ when: 'all are', profiles: ['*'], named: [], enabled: ['web', 'none', 'debug', 'test'] },
		{ when: 'nobody has the active one', profiles: ['x'], named: [], enabled: ['web', 'none'] },
		{ when: 'a service is named', profiles: [], named: ['debug'], enabled: ['web', 'none', 'debug'] },
		{ when: 'a named one is unknown', profiles: [], named: ['gone'], enabled: ['web', 'none'] },
	];
	for (const { when, profiles, named, enabled } of cases) {
		test(`when ${when}`, () => {
			const selection = applyProfiles(services, profiles, named);
			assert.deepEqual([...selection.enabled.keys()], enabled);
			assert.deepEqual(
				[...selection.disabled.keys()],
				[...services.keys()].filter((name) => !enabled.includes(name)),
			);
		});
	}

	test('naming a service makes its profiles active for others too', () => {
		const both = new Map([
			['a', service({ profiles: ['p'] })],
			['b', service({ profiles: ['p'] })],
		]);
		assert.deepEqual([...applyProfiles(both, [], ['a']).enabled.keys()], ['a', 'b']);
	});
});

describe('named services', () => {
	const services = new Map([
		['a', service(needs('b'))],
		['b', service(needs('c'))],
		['c', service()],
		['d', service(needs('c'))],
	]);
	const cases: readonly { named: string[]; kept: string[] }[] = [
		{ named: [], kept: ['a', 'b', 'c', 'd'] },
		{ named: ['c'], kept: ['c'] },
		{ named: ['a'], kept: ['a', 'b', 'c'] },
		{ named: ['d', 'b'], kept: ['b', 'c', 'd'] },
	];
	for (const { named, kept } of cases) {
		test(`${named.join(', ') || 'none'}: ${kept.join(', ')}`, () => {
			assert.deepEqual([...selectServices(services, named).keys()], kept);
		});
	}

	test('a circle ends', () => {
		const circle = new Map([
			['a', service(needs('b'))],
			['b', service(needs('a'))],
		]);
		assert.deepEqual([...selectServices(circle, ['a']).keys()], ['a', 'b']);
	});

	test('an unknown one is refused', () => {
		assert.throws(
			() => selectServices(services, ['c', 'e']),
			(error) => error instanceof LabcError && error.code === 'SERVICE_UNKNOWN' && error.message.includes('`e`'),
		);
	});
});
