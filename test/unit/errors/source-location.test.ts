import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { locate } from '../../../src/errors/source-location.ts';

const cases: readonly { when: string; text: string; offset: number; line: number; column: number; lineText: string }[] =
	[
		{ when: 'the text is empty', text: '', offset: 0, line: 1, column: 1, lineText: '' },
		{
			when: 'the place is the first character',
			text: 'name: lab\n',
			offset: 0,
			line: 1,
			column: 1,
			lineText: 'name: lab',
		},
		{
			when: 'the place is inside a later line',
			text: 'a: 1\nbc: 2\n',
			offset: 7,
			line: 2,
			column: 3,
			lineText: 'bc: 2',
		},
		{ when: 'the place is the line break itself', text: 'a: 1\nb: 2', offset: 4, line: 1, column: 5, lineText: 'a: 1' },
		{ when: 'the last line has no line break', text: 'a: 1\nb: 2', offset: 5, line: 2, column: 1, lineText: 'b: 2' },
		{ when: 'lines end with CR', text: 'a: 1\rb: 2\r', offset: 5, line: 2, column: 1, lineText: 'b: 2' },
		{ when: 'a line ends with U+2028', text: 'a: 1\u2028b: 2', offset: 2, line: 1, column: 3, lineText: 'a: 1' },
		{ when: 'lines end with CR LF', text: 'a: 1\r\nb: 2\r\n', offset: 6, line: 2, column: 1, lineText: 'b: 2' },
	];

describe('locate', () => {
	for (const { when, text, offset, ...expected } of cases) {
		test(`when ${when}`, () => {
			assert.deepEqual(locate({ source: { path: 'compose.yml', text }, offset }), { file: 'compose.yml', ...expected });
		});
	}
});
