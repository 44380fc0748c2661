import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonLines } from '../../../../../src/engine/docker/streams/json-lines.ts';

async function* chunksOf(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* parts;
}

const collect = async (parts: readonly Uint8Array[]): Promise<readonly unknown[]> => {
	const seen: unknown[] = [];
	for await (const value of jsonLines(chunksOf(parts))) seen.push(value);
	return seen;
};

describe('jsonLines', () => {
	const cases = [
		{ when: 'lines come whole', parts: ['{"a":1}\n{"a":2}\n'], seen: [{ a: 1 }, { a: 2 }] },
		{ when: 'a line is cut', parts: ['{"a"', ':1}\n'], seen: [{ a: 1 }] },
		{ when: 'the last line has no end', parts: ['{"a":1}\r\n{"b":2}'], seen: [{ a: 1 }, { b: 2 }] },
		{ when: 'there are empty lines', parts: ['\n\n{"a":1}\n\n'], seen: [{ a: 1 }] },
		{ when: 'there is nothing', parts: [], seen: [] },
	];
	for (const { when, parts, seen } of cases) {
		test(`when ${when}`, async () => assert.deepEqual(await collect(parts.map((part) => Buffer.from(part))), seen));
	}

	test('a letter that is cut in two comes out whole', async () => {
		const bytes = Buffer.from('{"a":"ü"}\n');
		assert.deepEqual(await collect([bytes.subarray(0, 7), bytes.subarray(7)]), [{ a: 'ü' }]);
	});
});
