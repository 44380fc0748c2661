import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullSummary } from '../../../src/cli/pull-summary.ts';
import { pullPolicies } from '../../../src/plan/plan-images.ts';

test('the help of `--pull` names every policy that is taken', () => {
	for (const policy of pullPolicies) assert.match(pullSummary, new RegExp(`\\b${policy}\\b`));
});
