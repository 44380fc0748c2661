import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { splitShellWords } from '../../../../src/loader/canonical/shell-words.ts';
import { cpuTimer } from '../../../support/cpu-time.ts';

describe('splitShellWords', () => {
	const cases: readonly [text: string, words: string[] | undefined][] = [
		['a b  c', ['a', 'b', 'c']],
		['', []],
		['  ', []],
		['a \'b c\' "d e"', ['a', 'b c', 'd e']],
		["a''b", ['ab']],
		["''", ['']],
		['a\\ b', ['a b']],
		['"a\\"b"', ['a"b']],
		["'a\\nb'", ['a\\nb']],
		['a $HOME * ~', ['a', '$HOME', '*', '~']],
		['$(a b) `c d`', ['$(a b)', '`c d`']],
		['a; b', ['a']],
		['a && b', ['a']],
		['a | b', ['a']],
		['a 2>b', ['a']],
		['a b>c', ['a', 'b']],
		["a 'b", undefined],
		['a "b', undefined],
		['a `b', undefined],
		['a\\', undefined],
		['line\nnext', ['line', 'next']],
	];
	for (const [text, words] of cases) {
		test(JSON.stringify(text), () => assert.deepEqual(splitShellWords(text), words));
	}
	test('a hundred thousand words take a moment', () => {
		const cpuMs = cpuTimer();
		splitShellWords('a '.repeat(100_000));
		splitShellWords(`"${'\\x'.repeat(100_000)}`);
		assert.ok(cpuMs() < 5000);
	});
});
