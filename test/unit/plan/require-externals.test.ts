import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planUp } from '../../../src/plan/plan-up.ts';
import { project, service, state } from '../../support/plan-cases.ts';

describe('resources whose name is empty are refused before anything is made', () => {
	const cases: readonly { when: string; external?: true }[] = [
		{ when: 'they are the own ones' },
		{ when: 'they are external', external: true },
	];
	for (const { when, ...own } of cases) {
		test(when, () => {
			const unnamed = project({
				services: { web: service({ networks: { shared: null } }) },
				networks: { shared: { name: '', ipam: {}, ...own } },
			});
			assert.throws(() => planUp(unnamed, state(), {}), {
				code: 'MODEL_INVALID',
				message: 'the name of network `shared` is empty',
				hint: 'Give it a name, or leave `name` out.',
			});
		});
	}
});
