import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { wrapText } from '../../../src/render/wrap-text.ts';

const cases: readonly { when: string; text: string; columns: number; indent?: number; lines: readonly string[] }[] = [
	{ when: 'everything fits', text: 'one two', columns: 7, lines: ['one two'] },
	{ when: 'a word does not', text: 'one two', columns: 6, lines: ['one', 'two'] },
	{ when: 'lines are indented', text: 'one two six', columns: 9, indent: 2, lines: ['one two', '  six'] },
	{
		when: 'a word is longer than a line',
		text: 'see /a/very/long/path now',
		columns: 8,
		lines: ['see', '/a/very/long/path', 'now'],
	},
	{ when: 'characters are wide', text: '研究 室', columns: 6, lines: ['研究', '室'] },
	{ when: 'it begins with blanks', text: '  one two six', columns: 9, lines: ['  one two', '  six'] },
	{ when: 'there is no text', text: '', columns: 8, lines: [''] },
];

describe('wrapText', () => {
	for (const { when, text, columns, indent, lines } of cases) {
		test(`when ${when}`, () => assert.equal(wrapText(text, columns, indent), lines.join('\n')));
	}

	test('loses and changes no word', () => {
		const word = fc.stringMatching(/^[a-z]{1,9}$/);
		fc.assert(
			fc.property(fc.array(word), fc.nat(30), fc.nat(8), (words, columns, indent) => {
				assert.deepEqual(wrapText(words.join(' '), columns, indent).split(/\s+/).join(' '), words.join(' '));
			}),
		);
	});
});
