import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPlanFile, writePlanFile } from '../../../src/cli/plan-file.ts';

const reason = 'there is no such file or folder';

describe('a plan file that is not there', () => {
	test('cannot be written, and only the path is told that the user gave', async () => {
		await assert.rejects(writePlanFile({ cwd: '/' }, 'nowhere/x', ''), {
			message: `the plan cannot be written to \`nowhere/x\`: ${reason}`,
			cause: undefined,
		});
	});

	test('cannot be read, and why is told once', async () => {
		await assert.rejects(readPlanFile({ cwd: '/' }, 'nowhere'), {
			message: `the plan \`nowhere\` cannot be read: ${reason}`,
			cause: undefined,
		});
	});
});
