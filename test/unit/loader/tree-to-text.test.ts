import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { treeToJson } from '../../../src/loader/tree-to-text.ts';
import { parsedOne } from '../../support/load-text.ts';

describe('treeToJson', () => {
	const cases: readonly [text: string, json: string][] = [
		['{dns: [], command: [], x-a: []}', '{\n  "command": null,\n  "dns": [],\n  "x-a": null\n}'],
		['{x-a: {b: [], c: [[]]}}', '{\n  "x-a": {\n    "b": null,\n    "c": [\n      null\n    ]\n  }\n}'],
		['{b: {}, a: [1]}', '{\n  "a": [\n    1\n  ],\n  "b": {}\n}'],
		['{a: -0, b: 12345678901234567890}', '{\n  "a": 0,\n  "b": 12345678901234567890\n}'],
		['{a: -0.0}', '{\n  "a": -0\n}'],
		['{a: "<&>"}', '{\n  "a": "\\u003c\\u0026\\u003e"\n}'],
	];
	test('an infinite number is refused with its place', () => {
		assert.throws(() => treeToJson(parsedOne('a:\n  b: [-.inf]')), {
			message: 'the number `-.inf` has no form in JSON',
			at: { file: 'compose.yaml', line: 2, column: 7, lineText: '  b: [-.inf]' },
		});
	});
	for (const [text, json] of cases) test(text, () => assert.equal(treeToJson(parsedOne(text)), json));
});
