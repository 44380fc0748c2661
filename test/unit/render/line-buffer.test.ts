import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createLineBuffer } from '../../../src/render/line-buffer.ts';

/** What comes out of each push, then of the end. */
function run(chunks: readonly (string | readonly number[])[], limit?: number): readonly (string | undefined)[] {
	const buffer = createLineBuffer(limit);
	const pushed = chunks.map((chunk) => buffer.push(Buffer.from(chunk as string))?.toString());
	return [...pushed, buffer.end()?.toString()];
}

const cases: readonly {
	when: string;
	chunks: readonly (string | readonly number[])[];
	limit?: number;
	out: readonly (string | undefined)[];
}[] = [
	{ when: 'a chunk is one line', chunks: ['a\n'], out: ['a\n', undefined] },
	{ when: 'a chunk holds several lines', chunks: ['a\nb\n'], out: ['a\nb\n', undefined] },
	{ when: 'a line comes in parts', chunks: ['a', 'b', 'c\nd'], out: [undefined, undefined, 'abc\n', 'd\n'] },
	{ when: 'the last line has no line feed', chunks: ['a\nb'], out: ['a\n', 'b\n'] },
	{ when: 'nothing comes', chunks: [''], out: [undefined, undefined] },
	{ when: 'a character is cut in two', chunks: [[0xc3], [0xa9, 0x0a]], out: [undefined, 'é\n', undefined] },
	{ when: 'a line is too long', chunks: ['abcd', 'e\n'], limit: 3, out: ['abcd\n', 'e\n', undefined] },
	{
		when: 'a line is too long and ends inside a character',
		chunks: [
			[0x61, 0x62, 0xe5, 0xad],
			[0xa6, 0x0a],
		],
		limit: 3,
		out: ['ab\n', '学\n', undefined],
	},
	{
		when: 'a line is too long and ends with a whole character',
		chunks: [[0x61, 0xe5, 0xad, 0xa6], 'x\n'],
		limit: 3,
		out: ['a学\n', 'x\n', undefined],
	},
];

describe('a line buffer', () => {
	for (const { when, chunks, limit, out } of cases) {
		test(`when ${when}`, () => assert.deepEqual(run(chunks, limit), out));
	}

	test('gives every byte out once and in order, however the text is cut', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('é', '学', '\n', 'a') }),
				fc.infiniteStream(fc.nat(5)),
				(text, cuts) => {
					const bytes = Buffer.from(text);
					const buffer = createLineBuffer();
					let out = '';
					for (let at = 0; at < bytes.length; ) {
						const length = (cuts.next().value ?? 0) + 1;
						out += buffer.push(bytes.subarray(at, at + length)) ?? '';
						at += length;
					}
					out += buffer.end() ?? '';
					return out === (text === '' || text.endsWith('\n') ? text : `${text}\n`);
				},
			),
		);
	});
});
