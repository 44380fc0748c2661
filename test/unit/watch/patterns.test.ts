import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenPattern, parseIgnoreFile, patternSet } from '../../../src/watch/patterns.ts';

const cases = [
	{ when: 'a name at the root', patterns: ['a'], path: 'a', matches: true },
	{ when: 'a name further down', patterns: ['a'], path: 'b/a', matches: false },
	{ when: 'what is in a folder that matches', patterns: ['a'], path: 'a/b/c', matches: true },
	{ when: 'a star', patterns: ['*.py'], path: 'x.py', matches: true },
	{ when: 'a star does not cross folders', patterns: ['*.py'], path: 'a/x.py', matches: false },
	{ when: 'two stars cross folders', patterns: ['**/*.py'], path: 'a/b/x.py', matches: true },
	{ when: 'two stars are no folder at all, too', patterns: ['**/*.py'], path: 'x.py', matches: true },
	{ when: 'two stars at the end', patterns: ['a/**'], path: 'a/b', matches: true },
	{ when: 'two stars at the end are not the folder itself', patterns: ['a/**'], path: 'a', matches: false },
	{ when: 'a question mark', patterns: ['?.txt'], path: 'x.txt', matches: true },
	{ when: 'a question mark is one character', patterns: ['?.txt'], path: 'xy.txt', matches: false },
	{ when: 'a set', patterns: ['[a-c].txt'], path: 'b.txt', matches: true },
	{ when: 'a negated set', patterns: ['[^a-c].txt'], path: 'b.txt', matches: false },
	{ when: 'a bracket that is never closed', patterns: ['a[b'], path: 'a[b', matches: true },
	{ when: 'an escaped star', patterns: ['\\*'], path: 'x', matches: false },
	{ when: 'dots are dots', patterns: ['a.b'], path: 'axb', matches: false },
	{ when: 'a slash at the start', patterns: ['/a'], path: 'a', matches: true },
	{ when: 'a slash at the end', patterns: ['a/'], path: 'a', matches: true },
	{ when: 'dots on the way', patterns: ['./a/../b'], path: 'b', matches: true },
	{ when: 'an exception', patterns: ['*', '!a'], path: 'a', matches: false },
	{ when: 'what no exception is about', patterns: ['*', '!a'], path: 'b', matches: true },
	{ when: 'the last one decides', patterns: ['!a', 'a'], path: 'a', matches: true },
	{ when: 'an exception below a folder', patterns: ['a', '!a/b'], path: 'a/b', matches: false },
	{ when: 'a name with a line feed', patterns: ['a*'], path: 'a\nb', matches: true },
	{ when: 'no pattern', patterns: [], path: 'a', matches: false },
	{ when: 'an empty pattern', patterns: [' ', '/'], path: 'a', matches: false },
];

describe('patterns', () => {
	for (const { when, patterns, path, matches } of cases) {
		test(`${when}: ${JSON.stringify(patterns)} ${matches ? 'fits' : 'does not fit'} ${JSON.stringify(path)}`, () => {
			assert.equal(patternSet(patterns).matches(path), matches);
		});
	}

	test('only exceptions can bring something back', () => {
		assert.deepEqual([patternSet(['a']).hasExceptions, patternSet(['a', '!b']).hasExceptions], [false, true]);
	});

	for (const [lines, broken] of [
		[['*.py', '**/a?', '[a-z]', '[^x]b', '\\[', 'a]'], undefined],
		[['a', '[a-'], '[a-'],
		[['[]'], '[]'],
		[['[^]'], '[^]'],
		[['a\\'], 'a\\'],
		[['[a\\]'], '[a\\]'],
	] as const) {
		test(`of ${JSON.stringify(lines)} ${broken === undefined ? 'all are patterns' : `${broken} is none`}`, () => {
			assert.equal(brokenPattern(lines), broken);
		});
	}

	test('an ignore file has patterns, comments and empty lines', () => {
		assert.deepEqual(parseIgnoreFile('\uFEFF# no\n\na\r\n  b/ \n!c\n'), ['a', 'b/', '!c']);
	});
});
