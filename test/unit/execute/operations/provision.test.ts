import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { provisionHandlers } from '../../../../src/execute/operations/provision.ts';
import { noProvisions } from '../../../../src/execute/provisions-told.ts';
import type { Programs } from '../../../../src/programs/programs.ts';
import { stepRun } from './step-runs.ts';

const told = { prefixed: new Map([['URL', 'x']]), raw: new Map() };

describe('provisions', () => {
	test('what a provider tells is kept, and its progress told', async () => {
		const programs: Partial<Programs> = {
			async provide({ projectName, service, verb, onProgress }) {
				onProgress(`${projectName} ${service} ${verb}`);
				return told;
			},
		};
		const provisions = noProvisions();
		const { run, progress } = stepRun({}, { programs: async () => programs as Programs, provisions });
		const operation = { type: 'provider.run', service: 'db', provider: { type: 'cloud' }, verb: 'up' } as const;
		await provisionHandlers['provider.run'](operation, run);
		assert.deepEqual(progress, ['lab db up']);
		assert.equal(provisions.providers.get('db'), told);
	});

	test('where models answer is kept', async () => {
		const programs: Partial<Programs> = { prepareModels: async ({ models }) => `http://${models.length}/` };
		const provisions = noProvisions();
		const { run } = stepRun({}, { programs: async () => programs as Programs, provisions });
		await provisionHandlers['model.prepare']({ type: 'model.prepare', models: [{ model: 'a' }] }, run);
		assert.equal(provisions.modelEndpoint, 'http://1/');
	});
});
