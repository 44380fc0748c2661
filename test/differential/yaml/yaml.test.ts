/**
 * Small texts, read by docker compose and by us: every twelfth here, all thousands of them with `LABC_ALL_PROBES=1 node
 * --test test/differential/yaml/yaml.test.ts` (six minutes). What is read differently is told, and its number is pinned,
 * so that it can only fall: anchors, aliases and tags that run into other signs, words in brackets that begin with a
 * question mark, and numbers such as `0o-1`.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath } from '../../scenario/scenario.ts';
import { isLabcBuilt, labcCommand } from '../config/compare.ts';
import { compareYaml } from './compare-yaml.ts';
import { probes } from './probes.ts';

const all = probes();
const asked = process.env['LABC_ALL_PROBES'] === '1' ? all : all.filter((_, index) => index % 12 === 0);
const knownDifferences = asked === all ? 21 : 3;

const dockerCompose = dockerComposePath();
const skip =
	(dockerCompose === undefined && 'docker compose is not installed') || (!isLabcBuilt() && 'dist/labc is not built');

describe('YAML is read as docker compose reads it', { skip }, () => {
	test(`over ${asked.length} of ${all.length} texts`, async (context) => {
		const tools = { labc: labcCommand, dockerCompose: [dockerCompose ?? ''] };
		const differing = await compareYaml(asked, tools);
		for (const { name, dockerCompose: expected, labc } of differing) {
			context.diagnostic(`${name}\n  docker compose: ${expected}\n  labc: ${labc}`);
		}
		assert.ok(differing.length <= knownDifferences, `${differing.length} texts are read differently`);
	});
});
