import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath } from '../../scenario/scenario.ts';
import { corpusAbsent, corpusCases, corpusFolder, fixtureCases } from './cases.ts';
import { compareOver, isLabcBuilt, labcCommand, variants } from './compare.ts';

const dockerCompose = dockerComposePath();
const cases = [...fixtureCases(), ...corpusCases()];
const skip =
	(dockerCompose === undefined && 'docker compose is not installed') || (!isLabcBuilt() && 'dist/labc is not built');

describe('config prints docker compose’s bytes', { skip }, () => {
	test('the corpus is there', { skip: corpusFolder() === undefined && corpusAbsent }, () => {
		assert.ok(corpusCases().length > 0);
	});
	for (const variant of variants.filter(({ name }) => ['yaml', 'hash'].includes(name))) {
		test(`${variant.name}, over ${cases.length} projects`, async () => {
			const { differing } = await compareOver(cases, variant, {
				labc: labcCommand,
				dockerCompose: dockerCompose ?? '',
			});
			assert.deepEqual(differing, []);
		});
	}
});
