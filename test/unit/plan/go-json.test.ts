import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareCodePoints, goJson, type JsonValue } from '../../../src/plan/go-json.ts';

const cases: readonly { readonly when: string; readonly value: JsonValue; readonly text: string }[] = [
	{ when: 'a text holds what HTML would read', value: '<a href="x">&', text: '"\\u003ca href=\\"x\\"\\u003e\\u0026"' },
	{ when: 'a text holds line separators', value: '\u2028\u2029\n', text: '"\\u2028\\u2029\\n"' },
	{ when: 'a text holds other letters', value: 'é漢😀', text: '"é漢😀"' },
	{ when: 'a list holds nothing', value: [], text: '[]' },
	{ when: 'a list is nested', value: [null, true, 1.5, [2]], text: '[null,true,1.5,[2]]' },
	{ when: 'an object has undefined entries', value: { a: undefined, b: null }, text: '{"b":null}' },
	{
		when: 'a map has keys like numbers',
		value: new Map([
			['10', 1],
			['9', 2],
		]),
		text: '{"10":1,"9":2}',
	},
	{ when: 'a key holds what HTML would read', value: new Map([['<', 1]]), text: '{"\\u003c":1}' },
];

describe('goJson', () => {
	for (const { when, value, text } of cases) test(`when ${when}`, () => assert.equal(goJson(value), text));
});

describe('compareCodePoints', () => {
	test('sorts by code point, not by the units that strings are made of', () => {
		assert.deepEqual(['😀', '\uffee', 'b', 'a', '', 'ab', '10', '9'].sort(compareCodePoints), [
			'',
			'10',
			'9',
			'a',
			'ab',
			'b',
			'\uffee',
			'😀',
		]);
	});
});
