/**
 * Hostile input is refused at once and flat in memory, without a stack trace. The bounds are on the processor's time:
 * the clock's says more of what else the machine does. `scripts/hostile-table.ts` prints what it really takes.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { attack } from '../support/hostile-folder.ts';
import { hostileInputs } from '../support/hostile-inputs.ts';
import { labcPath } from './scenario.ts';

const limits = {
	small: { milliseconds: 500, mebibytes: 160 },
	large: { milliseconds: 1500, mebibytes: 250 },
} as const;

describe('hostile input', () => {
	for (const input of hostileInputs) {
		const ending = input.says === undefined ? 'loads' : 'is refused';
		test(`${input.name} ${ending} in bounded time and memory`, async () => {
			const limit = input.isLarge === true ? limits.large : limits.small;
			const run = await attack(input, { labc: labcPath, timeoutMs: 30_000 });
			if (input.says === undefined) assert.equal(run.status, 0, run.stderr.slice(0, 1000));
			else {
				assert.match(run.stderr, input.says);
				assert.equal(run.status, 1);
			}
			assert.doesNotMatch(run.stderr, /^\s+at (?:async )?[\w.<>]+ \(|^\s+at file:/m);
			assert.equal(run.stdout, '');
			assert.ok(run.stderr.length < 100_000, `told ${run.stderr.length} characters`);
			assert.ok(run.processorMilliseconds < limit.milliseconds, `took ${run.processorMilliseconds} ms`);
			assert.ok(run.peakMebibytes < limit.mebibytes, `had ${run.peakMebibytes.toFixed(0)} MiB`);
		});
	}
});
