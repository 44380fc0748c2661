import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requireAnyService, selectServices } from '../../../src/plan/select-services.ts';
import { needs, project, service } from '../../support/plan-cases.ts';

const stack = project({
	services: {
		db: service(),
		job: service({ depends_on: { db: needs('service_started') } }),
		web: service({ depends_on: { job: needs('service_started'), db: needs('service_started') } }),
	},
	disabled: { tool: service() },
});

describe('selectServices', () => {
	const cases = [
		{ when: 'nobody is named', selection: {}, names: ['db', 'job', 'web'] },
		{ when: 'one is named', selection: { services: ['job'] }, names: ['db', 'job'] },
		{ when: 'one is named without what it needs', selection: { services: ['job'], noDeps: true }, names: ['job'] },
	];
	for (const { when, selection, names } of cases) {
		test(`when ${when}`, () => assert.deepEqual([...selectServices(stack, selection).keys()], names));
	}

	test('a service keeps only the dependencies that are selected', () => {
		const { depends_on } = selectServices(stack, { services: ['web', 'db'], noDeps: true }).get('web') ?? {};
		assert.deepEqual(Object.keys(depends_on ?? {}), ['db']);
	});

	const refused = [
		{ when: 'who is named is not there', selection: { services: ['dbb'] } },
		{ when: 'who is to be scaled is not there', selection: { scale: new Map([['dbb', 2]]) } },
		{ when: 'who is to be scaled is left out', selection: { scale: new Map([['tool', 2]]) } },
	];
	for (const { when, selection } of refused) {
		test(`when ${when}, that is a failure`, () => {
			assert.throws(() => selectServices(stack, selection), { code: 'SERVICE_UNKNOWN' });
		});
	}
});

describe('requireAnyService', () => {
	test('lets a project with services pass', () => requireAnyService(project({ services: { web: service() } })));
	test('names the profiles that keep services out', () => {
		const disabled = { a: service({ profiles: ['gpu', 'dev'] }), b: service({ profiles: ['gpu'] }) };
		assert.throws(() => requireAnyService(project({ services: {}, disabled })), {
			code: 'PROJECT_EMPTY',
			message: 'no service selected',
			hint: 'Switch on a profile with `--profile`: dev, gpu.',
		});
	});
	test('asks for a service where there is none at all', () => {
		assert.throws(() => requireAnyService(project({ services: {} })), { hint: /under `services`/ });
	});
});
