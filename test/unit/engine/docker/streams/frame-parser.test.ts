import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FrameParser } from '../../../../../src/engine/docker/streams/frame-parser.ts';
import type { OutputFrame } from '../../../../../src/engine/streams.ts';

const frame = (stream: OutputFrame['stream'], text: string): Buffer => {
	const header = Buffer.from([stream === 'stderr' ? 2 : 1, 0, 0, 0, 0, 0, 0, 0]);
	const payload = Buffer.from(text);
	header.writeUInt32BE(payload.length, 4);
	return Buffer.concat([header, payload]);
};

/** What a reader sees: text by stream, in order, wherever the chunks were cut. */
function read(chunks: readonly Uint8Array[]): readonly string[] {
	const parser = new FrameParser();
	const seen: { stream: string; text: string }[] = [];
	for (const chunk of chunks) {
		for (const { stream, bytes } of parser.push(Buffer.from(chunk))) {
			const last = seen.at(-1);
			const text = Buffer.from(bytes).toString('latin1');
			if (last?.stream === stream) last.text += text;
			else seen.push({ stream, text });
		}
	}
	return seen.map(({ stream, text }) => `${stream}: ${text}`);
}

const cases = [
	{ when: 'there is nothing', chunks: [], seen: [] },
	{ when: 'one frame comes whole', chunks: [frame('stdout', 'abc')], seen: ['stdout: abc'] },
	{ when: 'a frame is empty', chunks: [frame('stdout', ''), frame('stderr', 'x')], seen: ['stderr: x'] },
	{
		when: 'neighbours are of one stream',
		chunks: [Buffer.concat([frame('stdout', 'ab'), frame('stdout', 'c'), frame('stdout', 'def')])],
		seen: ['stdout: abcdef'],
	},
	{
		when: 'streams take turns',
		chunks: [Buffer.concat([frame('stdout', 'o1'), frame('stderr', 'e1'), frame('stdout', 'o2')])],
		seen: ['stdout: o1', 'stderr: e1', 'stdout: o2'],
	},
	{
		when: 'a header is cut',
		chunks: [frame('stderr', 'late').subarray(0, 5), frame('stderr', 'late').subarray(5)],
		seen: ['stderr: late'],
	},
	{
		when: 'a frame is larger than 64 KiB',
		chunks: [frame('stdout', 'x'.repeat(70_000))],
		seen: [`stdout: ${'x'.repeat(70_000)}`],
	},
];

describe('FrameParser', () => {
	for (const { when, chunks, seen } of cases) {
		test(`when ${when}`, () => assert.deepEqual(read(chunks), seen));
	}

	test('neighbours of one stream in one chunk come out as one piece', () => {
		const lines = Buffer.concat(Array.from({ length: 1000 }, () => frame('stdout', 'line\n')));
		assert.equal(new FrameParser().push(lines).length, 1);
	});

	test('however the bytes are cut into chunks, the text is the same', () => {
		const frames = fc.array(fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.string()));
		fc.assert(
			fc.property(frames, fc.array(fc.nat(200)), (parts, cuts) => {
				const bytes = Buffer.concat(parts.map(([stream, text]) => frame(stream, text)));
				const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
				const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
				assert.deepEqual(read(chunks), read([bytes]));
			}),
		);
	});
});
