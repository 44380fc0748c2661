import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeValue, expectationOf } from '../../../src/loader/expectation.ts';
import { parsedOne } from '../../support/load-text.ts';

describe('what an attribute takes, in words', () => {
	const cases: readonly { types: readonly string[]; words: string }[] = [
		{ types: ['array'], words: 'a list' },
		{ types: ['object', 'array'], words: 'a list or a mapping' },
		{ types: ['string', 'integer', 'boolean'], words: '`true` or `false`, a text or a whole number' },
		{ types: ['string', 'string', 'null'], words: 'a text or nothing' },
		{ types: [], words: 'something else' },
	];
	for (const { types, words } of cases) {
		test(`[${types}] is ${words}`, () => assert.equal(expectationOf(types), words));
	}
});

describe('what was found instead, in words', () => {
	const cases: readonly { yaml: string; words: string }[] = [
		{ yaml: '[a]', words: 'a list' },
		{ yaml: '{a: b}', words: 'a mapping' },
		{ yaml: '~', words: 'nothing' },
		{ yaml: "''", words: 'an empty text' },
		{ yaml: 'abc', words: '`abc`' },
		{ yaml: 'true', words: '`true`' },
		{ yaml: '12', words: 'the number `12`' },
		{ yaml: '1.50', words: 'the number `1.5`' },
		{ yaml: 'x'.repeat(40), words: `\`${'x'.repeat(40)}\`` },
		{ yaml: 'x'.repeat(41), words: `\`${'x'.repeat(40)}…\`` },
	];
	for (const { yaml, words } of cases) {
		test(`${yaml} is ${words}`, () => assert.equal(describeValue(parsedOne(yaml)), words));
	}
});
