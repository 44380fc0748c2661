import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createColours } from '../../../src/render/colours.ts';
import { formatWarning } from '../../../src/render/format-warning.ts';

const message = '2 of 5 steps are done\nfailed: start container web';
const warning = { message, hint: 'Run it again once the cause is mended.' };
const format = (isTerminal: boolean): readonly string[] =>
	formatWarning(warning, createColours(false), { isTerminal, size: () => ({ columns: 24, rows: 9 }) }).split('\n');

describe('a warning', () => {
	test('is wrapped between words on a terminal', () => {
		assert.deepEqual(format(true), [
			'warning: 2 of 5 steps',
			'         are done',
			'  failed: start',
			'    container web',
			'  hint: Run it again',
			'        once the cause',
			'        is mended.',
			'',
		]);
	});

	test('has whole lines elsewhere', () => {
		assert.deepEqual(format(false), [
			'warning: 2 of 5 steps are done',
			'  failed: start container web',
			'  hint: Run it again once the cause is mended.',
			'',
		]);
	});
});
