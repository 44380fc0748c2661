import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareCodePoints, goJson, type JsonValue } from '../../../src/plan/go-json.ts';
import type { Shape } from '../../../src/plan/shape.ts';

interface Case {
	readonly when: string;
	readonly value: JsonValue;
	/** By default the value's own order. */
	readonly shape?: Shape;
	readonly text: string;
}

const cases: readonly Case[] = [
	{ when: 'a text holds what HTML would read', value: '<a href="x">&', text: '"\\u003ca href=\\"x\\"\\u003e\\u0026"' },
	{ when: 'a text holds line separators', value: '\u2028\u2029\n', text: '"\\u2028\\u2029\\n"' },
	{ when: 'a text holds other letters', value: 'é漢😀', text: '"é漢😀"' },
	{ when: 'a list holds nothing', value: [], text: '[]' },
	{ when: 'a list is nested', value: [null, true, 1.5, [2]], text: '[null,true,1.5,[2]]' },
	{ when: 'an object has undefined entries', value: { a: undefined, b: null }, text: '{"b":null}' },
	{ when: 'a list has an undefined entry', value: [undefined, 1], text: '[null,1]' },
	{ when: 'there is nothing', value: undefined, text: 'null' },
	{ when: 'half a character stands in a text', value: '\udc80', text: '"\\ufffd"' },
	{ when: 'a text only looks like half a character', value: '\\udc80', text: '"\\\\udc80"' },
	{
		when: 'keys like numbers are sorted',
		value: { b: undefined, 9: 1, 10: null, a: { z: 1, y: 2 } },
		shape: 'sorted',
		text: '{"10":null,"9":1,"a":{"z":1,"y":2}}',
	},
	{ when: 'a key holds what HTML would read', value: { '<': 1 }, shape: 'sorted', text: '{"\\u003c":1}' },
	{
		when: 'fields have an order, and some are left out',
		value: { z: 1, unnamed: 2, gone: 3, b: undefined, a: null },
		shape: { fields: { b: 'plain', z: 'plain', gone: 'omit', a: 'sorted' } },
		text: '{"z":1,"a":null}',
	},
	{
		when: 'each of a list and each of a map has a shape',
		value: { list: [{ b: 1, a: 2 }], map: { y: { b: 1 }, x: { a: 2 } } },
		shape: { fields: { map: { each: 'sorted' }, list: { each: 'sorted' } } },
		text: '{"map":{"x":{"a":2},"y":{"b":1}},"list":[{"a":2,"b":1}]}',
	},
];

describe('goJson', () => {
	for (const { when, value, shape = 'plain', text } of cases) {
		test(`when ${when}`, () => assert.equal(goJson(value, shape), text));
	}
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
