import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requireAnyService } from '../../../src/plan/select-services.ts';
import { project, service } from '../../support/plan-cases.ts';

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
