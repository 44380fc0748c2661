import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WatchRule } from '../../../src/model/develop.ts';
import { compileRule, relativeBelow } from '../../../src/watch/rules.ts';

const rule = (more: Partial<WatchRule> = {}, patterns?: readonly string[]) =>
	compileRule({
		service: 'app',
		index: 0,
		declared: { path: '/p/src', action: 'sync', target: '/app', ...more },
		ignoreFile: patterns === undefined ? undefined : { folder: '/p', patterns },
	});

const cases = [
	{ when: 'a file below the path', given: rule(), path: '/p/src/a', covers: true },
	{ when: 'the path itself', given: rule(), path: '/p/src', covers: true },
	{ when: 'a neighbour with the same start', given: rule(), path: '/p/src2/a', covers: false },
	{ when: 'what is ignored', given: rule({ ignore: ['*.pyc'] }), path: '/p/src/a.pyc', covers: false },
	{
		when: 'ignored names start from the path',
		given: rule({ ignore: ['a.pyc'] }),
		path: '/p/src/d/a.pyc',
		covers: true,
	},
	{ when: 'what is included', given: rule({ include: ['**/*.py'] }), path: '/p/src/d/a.py', covers: true },
	{ when: 'what is not included', given: rule({ include: ['**/*.py'] }), path: '/p/src/a.js', covers: false },
	{
		when: 'what is included and ignored',
		given: rule({ include: ['*.py'], ignore: ['x*'] }),
		path: '/p/src/x.py',
		covers: false,
	},
	{ when: 'what the build ignores', given: rule({}, ['src/tmp']), path: '/p/src/tmp/a', covers: false },
	{ when: 'all but a few for the build', given: rule({}, ['*', '!src/keep']), path: '/p/src/keep/a', covers: true },
	{ when: 'all the others for the build', given: rule({}, ['*', '!src/keep']), path: '/p/src/other', covers: false },
	{ when: 'the folder of git', given: rule(), path: '/p/src/.git/HEAD', covers: false },
	{ when: 'an editor’s swap file', given: rule(), path: '/p/src/d/.a.py.swp', covers: false },
	{ when: 'a backup', given: rule(), path: '/p/src/a.py~', covers: false },
	{ when: 'vim’s test file', given: rule(), path: '/p/src/4913', covers: false },
	{ when: 'a lock of emacs', given: rule(), path: '/p/src/.#a', covers: false },
	{ when: 'JetBrains’ folder', given: rule(), path: '/p/src/.idea/x', covers: false },
];

describe('a watch rule', () => {
	for (const { when, given, path, covers } of cases) {
		test(`${covers ? 'is about' : 'leaves out'} ${when}`, () => assert.equal(given.covers(path), covers));
	}

	test('ignores leftovers only below its path: a project in a folder called `x~` is watched', () => {
		const given = compileRule({
			service: 'app',
			index: 0,
			declared: { path: '/x~/src', action: 'sync', target: '/app' },
			ignoreFile: undefined,
		});
		assert.ok(given.covers('/x~/src/a'));
	});

	test('does not look into a folder that is ignored, unless something in it is not', () => {
		assert.ok(rule({ ignore: ['node_modules'] }).ignoresTree('/p/src/node_modules'));
		assert.ok(!rule({ ignore: ['node_modules', '!node_modules/own'] }).ignoresTree('/p/src/node_modules'));
	});

	test('leaves files that describe the build out of the first copy', () => {
		const found = ['Dockerfile', 'compose.yaml', 'docker-compose.dev.yml', 'a.py'].map((name) =>
			rule().coversAtStart(`/p/src/${name}`),
		);
		assert.deepEqual(found, [false, false, false, true]);
	});
});

describe('relativeBelow', () => {
	for (const [folder, path, relative] of [
		['/a', '/a', ''],
		['/a', '/a/b/c', 'b/c'],
		['/a', '/ab', undefined],
		['/', '/a', 'a'],
	] as const) {
		test(`${path} below ${folder} is ${relative}`, () => assert.equal(relativeBelow(folder, path), relative));
	}
});
