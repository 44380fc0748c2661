/**
 * Thousands of small texts, read by docker compose and by us. `node test/differential/yaml/yaml.test.ts` prints each that
 * is read differently; the number of those that are known is pinned, so that it can only fall.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath } from '../../scenario/scenario.ts';
import { isLabcBuilt, labcCommand } from '../config/compare.ts';
import { compareYaml } from './compare-yaml.ts';
import { probes } from './probes.ts';

/** Tabs where nothing may be indented by them, odd tags, dates below `x-` keys, long keys in brackets. */
const knownDifferences = 200;

const dockerCompose = dockerComposePath();
const skip =
	(dockerCompose === undefined && 'docker compose is not installed') || (!isLabcBuilt() && 'dist/labc is not built');

describe('YAML is read as docker compose reads it', { skip }, () => {
	test(`over ${probes().length} texts`, async (context) => {
		const tools = { labc: labcCommand, dockerCompose: [dockerCompose ?? ''] };
		const differing = await compareYaml(probes(), tools);
		for (const { name, dockerCompose: expected, labc } of differing) {
			context.diagnostic(`${name}\n  docker compose: ${expected}\n  labc: ${labc}`);
		}
		assert.ok(differing.length <= knownDifferences, `${differing.length} texts are read differently`);
	});
});
