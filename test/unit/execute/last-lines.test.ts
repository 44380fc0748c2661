import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lastLines, lineLimit } from '../../../src/execute/last-lines.ts';

const chunks = (...texts: readonly string[]): readonly Uint8Array[] => texts.map((text) => Buffer.from(text));

describe('lastLines', () => {
	test('nothing is no line', () => assert.deepEqual([lastLines([]), lastLines(chunks('\n\r\n'))], [[], []]));
	test('pieces make lines', () => assert.deepEqual(lastLines(chunks('a', 'b\r\nc', '\n')), ['ab', 'c']));
	test('a character may come in two pieces', () => {
		const bytes = Buffer.from('é');
		assert.deepEqual(lastLines([bytes.subarray(0, 1), bytes.subarray(1)]), ['é']);
	});
	test('only the last ones are kept', () => {
		const lines = lastLines(chunks(Array.from({ length: lineLimit + 5 }, (_, index) => `${index}`).join('\n')));
		assert.equal(lines.length, lineLimit);
		assert.equal(lines[0], '5');
	});
});
