import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../src/document/plain.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { interpolate } from '../../../src/loader/interpolate.ts';
import { parsedOne } from '../../support/load-text.ts';

const variables = new Map([
	['A', 'a'],
	['N', '5'],
	['T', 'true'],
	['EMPTY', ''],
]);

function interpolated(text: string) {
	const findings = new Findings();
	const tree = parsedOne(text);
	const result = interpolate(tree, variables, findings);
	const told = [...findings.errors, ...findings.warnings].map(
		({ at, path, message }) => `${at?.line}:${at?.column} ${path}: ${message}`,
	);
	return { tree, result, plain: toPlain(result), told };
}

describe('variables are put in place', () => {
	const cases: readonly { when: string; text: string; plain: unknown }[] = [
		{ when: 'a value holds one', text: 'x: b-$A', plain: { x: 'b-a' } },
		{ when: 'an item of a list holds one', text: 'x: [b, "${A}"]', plain: { x: ['b', 'a'] } },
		{ when: 'a key holds one, which is left alone', text: '$A: $A', plain: { $A: 'a' } },
		{ when: 'the value is a number', text: 'x: 5', plain: { x: 5 } },
		{ when: 'a count comes from one', text: 'services: {s: {scale: $N}}', plain: { services: { s: { scale: 5 } } } },
		{ when: 'a count is text', text: 'services: {s: {scale: "3"}}', plain: { services: { s: { scale: 3 } } } },
		{ when: 'a switch comes from one', text: 'services: {s: {init: $T}}', plain: { services: { s: { init: true } } } },
		{ when: 'a switch is a word', text: 'services: {s: {init: "YES"}}', plain: { services: { s: { init: true } } } },
		{
			when: 'an attribute that takes text comes from one',
			text: 'services: {s: {user: $N}}',
			plain: { services: { s: { user: '5' } } },
		},
		{
			when: 'a count stands where attributes mean nothing',
			text: 'x-a: {services: {s: {scale: $N}}}',
			plain: { 'x-a': { services: { s: { scale: '5' } } } },
		},
	];
	for (const { when, text, plain } of cases)
		test(`when ${when}`, () => assert.deepEqual(interpolated(text).plain, plain));
});

describe('what is wrong with a variable is told at its place', () => {
	const cases: readonly { when: string; text: string; told: readonly string[] }[] = [
		{
			when: 'it is not set',
			text: 'x:\n  - b\n  - c $NO',
			told: ['3:7 x.1: the variable `NO` is not set, an empty text takes its place'],
		},
		{
			when: 'it is not set in two places: once',
			text: 'x: $NO\ny: $NO',
			told: ['1:4 x: the variable `NO` is not set, an empty text takes its place'],
		},
		{
			when: 'it is required',
			text: 'x: {y: "${EMPTY:?why}"}',
			told: ['1:9 x.y: the variable `EMPTY` is required but has no value: why'],
		},
		{ when: 'it is not closed', text: 'x: b ${A', told: ['1:6 x: `${A` is not closed on its line'] },
		{
			when: 'a count gets a word',
			text: 'services: {s: {scale: $A}}',
			told: ['1:23 services.s.scale: `services.s.scale` must be a whole number, found `a`'],
		},
		{
			when: 'a count gets nothing',
			text: 'services: {s: {scale: $EMPTY}}',
			told: ['1:23 services.s.scale: `services.s.scale` must be a whole number, found an empty text'],
		},
	];
	for (const { when, text, told } of cases) test(`when ${when}`, () => assert.deepEqual(interpolated(text).told, told));
});

describe('what holds no variable is shared', () => {
	test('a whole tree', () => {
		const { tree, result } = interpolated('x: {y: [a, 5, ~]}\nservices: {s: {image: b}}');
		assert.equal(result, tree);
	});

	test('all but the way to a variable', () => {
		const { tree, result } = interpolated('x: {y: a}\nz: {w: $A}');
		assert.ok(tree.kind === 'mapping' && result.kind === 'mapping');
		assert.equal(result.entries.get('x'), tree.entries.get('x'));
		assert.notEqual(result.entries.get('z'), tree.entries.get('z'));
	});
});
