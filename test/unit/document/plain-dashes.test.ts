import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../src/document/plain.ts';
import { withPlainDashes } from '../../../src/document/plain-dashes.ts';
import { parsedOne } from '../../support/load-text.ts';

describe('withPlainDashes', () => {
	const readings: readonly { when: string; text: string; value: unknown }[] = [
		{ when: 'at the end of a list', text: 'a: [cat, -]', value: { a: ['cat', '-'] } },
		{ when: 'before a comma', text: 'a: [-, -,b, -]', value: { a: ['-', '-', 'b', '-'] } },
		{ when: 'as a value', text: 'a: {b: -, c: -}', value: { a: { b: '-', c: '-' } } },
		{ when: 'in a list of lists', text: 'a:\n- [[-],-]', value: { a: [[['-'], '-']] } },
		{ when: 'as a part of a text', text: 'a: [-b, c-, --]', value: { a: ['-b', 'c-', '--'] } },
	];
	for (const { when, text, value } of readings) {
		test(`a dash is a text ${when}`, () => assert.deepEqual(toPlain(parsedOne(text)), value));
	}

	test('a dash outside of brackets begins an item', () => {
		assert.deepEqual(toPlain(parsedOne('a: [b-]\nc:\n- - d\n-\n')), { a: ['b-'], c: [['d'], null] });
	});

	test('a text without such a dash keeps its lexemes', () => {
		const lexemes = ['-', ' '];
		assert.equal(withPlainDashes('- a', lexemes), lexemes);
	});

	test('a dash at the very end is told', () => assert.deepEqual([...withPlainDashes('-,', ['-'])], ['-']));
});
