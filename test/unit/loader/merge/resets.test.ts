import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../../src/document/plain.ts';
import { pathsBelow, withoutPaths } from '../../../../src/loader/merge/resets.ts';
import { parsedOne } from '../../../support/load-text.ts';

describe('withoutPaths', () => {
	const cases: readonly { when: string; paths: readonly (readonly (string | number)[])[]; left: unknown }[] = [
		{ when: 'nothing is named', paths: [], left: { a: { b: 1, 'c.d': 2 }, e: [{ f: 3 }] } },
		{ when: 'a key is named', paths: [['a']], left: { e: [{ f: 3 }] } },
		{ when: 'an inner key is named', paths: [['a', 'b']], left: { a: { 'c.d': 2 }, e: [{ f: 3 }] } },
		{ when: 'a key holds a dot', paths: [['a', 'c.d']], left: { a: { b: 1 }, e: [{ f: 3 }] } },
		{ when: 'a key and one inside it are named', paths: [['a', 'b'], ['a']], left: { e: [{ f: 3 }] } },
		{ when: 'the outer one is named first', paths: [['a'], ['a', 'b']], left: { e: [{ f: 3 }] } },
		{
			when: 'an item of a list is named',
			paths: [
				['e', 0],
				['e', 0, 'f'],
			],
			left: { a: { b: 1, 'c.d': 2 }, e: [{ f: 3 }] },
		},
		{
			when: 'nothing stands there',
			paths: [['x'], ['a', 'b', 'c'], []],
			left: { a: { b: 1, 'c.d': 2 }, e: [{ f: 3 }] },
		},
	];
	for (const { when, paths, left } of cases) {
		test(`when ${when}`, () => {
			const tree = parsedOne('a: {b: 1, c.d: 2}\ne: [{f: 3}]');
			assert.deepEqual(toPlain(withoutPaths(tree, paths)), left);
		});
	}
});

test('pathsBelow keeps what is inside a place, as seen from there', () => {
	const paths = [
		['services', 'a', 'ports'],
		['services', 'b', 'ports'],
		['services', 'a'],
		['services', 'a', 'x', 'y'],
	];
	assert.deepEqual(pathsBelow(paths, ['services', 'a']), [['ports'], ['x', 'y']]);
});
