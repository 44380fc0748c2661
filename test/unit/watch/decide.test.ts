import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WatchRule } from '../../../src/model/develop.ts';
import { decide, decideAtStart, targetOf } from '../../../src/watch/decide.ts';
import { compileRule, type Rule } from '../../../src/watch/rules.ts';

const rule = (service: string, index: number, declared: Partial<WatchRule>): Rule =>
	compileRule({
		service,
		index,
		declared: { path: '/p/src', action: 'sync', target: '/app', ...declared },
		ignoreFile: undefined,
	});
const there = (path: string) => ({ path, isThere: true });
const places = (rules: readonly Rule[], paths: readonly string[]) =>
	[...decide(paths.map(there), rules)].map(([service, { copies }]) => [
		service,
		[...copies].map(([target, { hostPath }]) => `${hostPath} > ${target}`),
	]);

describe('decide', () => {
	test('every service that a rule matches for gets its work', () => {
		const rules = [rule('a', 0, {}), rule('b', 0, { target: '/b' }), rule('c', 0, { path: '/p/other' })];
		assert.deepEqual(places(rules, ['/p/src/x']), [
			['a', ['/p/src/x > /app/x']],
			['b', ['/p/src/x > /b/x']],
		]);
	});

	test('says which of what is copied are folders, and whether they are there, as was told last', () => {
		const rules = [rule('a', 0, {}), rule('a', 1, { action: 'rebuild' })];
		const changes = [
			{ path: '/p/src/d', isThere: false, isFolder: true },
			{ path: '/p/src/e', isThere: false, isFolder: true },
			{ path: '/p/src/e', isThere: true },
			{ path: '/p/src/f', isThere: true, isFolder: true },
			there('/p/src/x'),
		];
		const folders = decide(changes, rules).get('a')?.folders ?? [];
		assert.deepEqual(
			[...folders],
			[
				['/app/d', false],
				['/app/f', true],
			],
		);
	});

	test('a rule that copies and one that rebuilds both hold', () => {
		const rules = [rule('a', 0, {}), rule('a', 1, { action: 'rebuild', path: '/p' })];
		const work = decide([there('/p/src/x')], rules).get('a');
		assert.deepEqual(
			work?.matched.map(({ declared }) => declared.action),
			['sync', 'rebuild'],
		);
		assert.deepEqual(work?.changed, ['/p/src/x']);
	});

	test('of two rules for one place the later one counts', () => {
		const rules = [rule('a', 0, { path: '/p/one' }), rule('a', 1, { path: '/p/two' })];
		assert.deepEqual(places(rules, ['/p/one/x', '/p/two/x']), [['a', ['/p/two/x > /app/x']]]);
	});

	test('rules that match stand in the order of the file, each once', () => {
		const rules = [
			rule('a', 0, { action: 'restart', path: '/p/one' }),
			rule('a', 1, { action: 'rebuild', path: '/p/two' }),
		];
		const work = decide(['/p/two/x', '/p/one/x', '/p/one/y'].map(there), rules).get('a');
		assert.deepEqual(
			work?.matched.map(({ index }) => index),
			[0, 1],
		);
		assert.equal(work?.copies.size, 0);
	});

	test('nothing is wanted where no rule matches', () =>
		assert.equal(decide([there('/q')], [rule('a', 0, {})]).size, 0));
});

describe('targetOf', () => {
	for (const [target, path, wanted] of [
		['/app', '/p/src/d/x', '/app/d/x'],
		['/app/', '/p/src', '/app'],
		['../../etc', '/p/src/x', '/etc/x'],
		['app', '/p/src/x', '/app/x'],
		['/app', '/q/x', undefined],
	] as const) {
		test(`${path} with target ${target} is ${wanted}`, () => {
			assert.equal(targetOf(rule('a', 0, { target }), path), wanted);
		});
	}

	test('is nowhere for a rule that copies nothing', () => {
		assert.equal(targetOf(rule('a', 0, { action: 'rebuild' }), '/p/src/x'), undefined);
	});
});

describe('decideAtStart', () => {
	test('copies what rules with `initial_sync` are about, each service its own', () => {
		const rules = [
			rule('a', 0, { initial_sync: true }),
			rule('b', 0, { initial_sync: true, ignore: ['x'] }),
			rule('c', 0, {}),
		];
		const found = [...decideAtStart(['/p/src', '/p/src/x', '/p/src/Dockerfile'], rules)];
		assert.deepEqual(
			found.map(([service, copies]) => [service, [...copies.keys()]]),
			[
				['a', ['/app', '/app/x']],
				['b', ['/app']],
			],
		);
	});
});
