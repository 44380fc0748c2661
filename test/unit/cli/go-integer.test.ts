import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readGoInteger } from '../../../src/cli/go-integer.ts';

/** What docker compose 2.40.3 makes of each as `--timeout`. */
const cases: readonly (readonly [string, number | undefined])[] = [
	['0', 0],
	['-0', 0],
	['10', 10],
	['+3', 3],
	['-1', -1],
	['010', 8],
	['0_10', 8],
	['0x1F', 31],
	['0X_1f', 31],
	['0b101', 5],
	['0o17', 15],
	['1_000', 1000],
	['', undefined],
	['-', undefined],
	['x', undefined],
	['1.5', undefined],
	['1e3', undefined],
	[' 2', undefined],
	['09', undefined],
	['0x', undefined],
	['1__0', undefined],
	['1_', undefined],
	['_1', undefined],
	['99999999999999999999', undefined],
];

describe('a whole number of a flag', () => {
	for (const [text, value] of cases) test(`\`${text}\``, () => assert.equal(readGoInteger(text), value));
});
