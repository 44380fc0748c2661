import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { type Board, emptyBoard, updateBoard } from '../../../src/render/board.ts';
import { createColours } from '../../../src/render/colours.ts';
import { displayWidth } from '../../../src/render/display-width.ts';
import { type Frame, formatHeader, formatOutput, formatRow, formatSeconds } from '../../../src/render/format-board.ts';
import { recordedRun } from '../../support/recorded-run.ts';

/** The picture at `now`, after all events up to then. */
function picture(now: number, frame: Partial<Frame> = {}): readonly string[] {
	const board = recordedRun.filter(({ at }) => at <= now).reduce<Board>(updateBoard, emptyBoard);
	const full: Frame = { now, columns: 78, colours: createColours(false), isOver: false, ...frame };
	return [
		formatHeader(board, full),
		...[...board.values()].flatMap((row) => [formatRow(row, board, full), ...formatOutput(row, full)]),
	];
}

const pictures: readonly { when: string; now: number; frame?: Partial<Frame>; lines: readonly string[] }[] = [
	{
		when: 'a build and a pull run',
		now: 900,
		lines: [
			'[+] Running 0/3',
			' ⠏ Service jupyter    Building    0.9s',
			'     #1 FROM debian',
			'     #2 RUN \\x1b[2Jpip install',
			' ⠏ Service ml-app     Building    0.9s',
			' ⠏ Image postgres:16  Pulling     0.9s  25 % 12 MB of 48 MB',
		],
	},
	{
		when: 'images are there and a container starts',
		now: 2200,
		lines: [
			'[+] Running 4/6',
			' ✔ Service jupyter          Built       2.0s',
			' ✔ Service ml-app           Built       2.0s',
			' ✔ Image postgres:16        Pulled      1.0s',
			' ✔ Network lab_default      Created     0.1s',
			' ⠼ Container lab-jupyter-1  Starting    0.1s',
			' ⠼ Container lab-研究-1     Starting    0.0s',
		].map((line) => line.replaceAll('⠼', '⠹')),
	},
	{
		when: 'it is over, and one failed',
		now: 63_000,
		frame: { isOver: true },
		lines: [
			'[+] Failed: 1 of 7 in 1m03s',
			' ✔ Service jupyter          Built      2.0s',
			' ✔ Service ml-app           Built      2.0s',
			' ✔ Image postgres:16        Pulled     1.0s',
			' ✔ Network lab_default      Created    0.1s',
			' ✔ Container lab-jupyter-1  Healthy   1m00s',
			' ✖ Container lab-研究-1     Error      0.5s  port 6006 is taken',
			' - Container lab-view-1     Skipped    0.0s  lab-研究-1 failed',
		],
	},
	{
		when: 'it was broken off',
		now: 2600,
		frame: { isOver: true },
		lines: [
			'[+] Stopped at 4/6 after 2.6s',
			' ✔ Service jupyter          Built       2.0s',
			' ✔ Service ml-app           Built       2.0s',
			' ✔ Image postgres:16        Pulled      1.0s',
			' ✔ Network lab_default      Created     0.1s',
			' … Container lab-jupyter-1  Waiting     0.5s',
			' … Container lab-研究-1     Starting    0.4s',
		],
	},
	{
		when: 'the terminal is narrow',
		now: 63_000,
		frame: { isOver: true, columns: 38 },
		lines: [
			'[+] Failed: 1 of 7 in 1m03s',
			' ✔ Service jupyter     Built      2.0s',
			' ✔ Service ml-app      Built      2.0s',
			' ✔ Image postgres:16   Pulled     1.0s',
			' ✔ Network lab_defau…  Created    0.1s',
			' ✔ Container lab-jup…  Healthy   1m00s',
			' ✖ Container lab-研…   Error      0.5s',
			' - Container lab-vie…  Skipped    0.0s',
		],
	},
];

describe('the board', () => {
	for (const { when, now, frame, lines } of pictures) {
		test(`is drawn, when ${when}`, () => assert.deepEqual(picture(now, frame), lines));
	}

	test('keeps within the terminal from 36 columns up', () => {
		for (let columns = 36; columns < 130; columns += 1) {
			for (const { at } of recordedRun) {
				for (const line of picture(at, { columns })) {
					assert.ok(displayWidth(line) <= columns, `${displayWidth(line)} > ${columns}: ${line}`);
				}
			}
		}
	});

	test('is the same text with and without colour', () => {
		const coloured = picture(63_000, { isOver: true, colours: createColours(true) });
		assert.deepEqual(coloured.map(stripVTControlCharacters), picture(63_000, { isOver: true }));
		assert.ok(coloured[6]?.startsWith(' \u001b[31m✖\u001b[39m '));
	});

	test('holds no escape byte without colour', () => {
		for (const { at } of recordedRun) assert.ok(!picture(at).join('').includes('\u001b'));
	});

	test('does not change a board that was drawn before', () => {
		const before = recordedRun.slice(0, 4).reduce<Board>(updateBoard, emptyBoard);
		const rows = [...before.values()];
		recordedRun.slice(4).reduce<Board>(updateBoard, before);
		assert.deepEqual([...before.values()], rows);
	});

	test('drops output of a service that is not being built', () => {
		assert.equal(updateBoard(emptyBoard, { at: 0, type: 'build.output', service: 'x', text: 'y' }).size, 0);
	});

	test('keeps the newest three lines of a build', () => {
		const start = recordedRun.slice(0, 3).reduce<Board>(updateBoard, emptyBoard);
		const text = ['a', '', 'b', 'c', 'd'].join('\n');
		const board = updateBoard(start, { at: 1, type: 'build.output', service: 'jupyter', text });
		assert.deepEqual(board.get('Service jupyter')?.output, ['b', 'c', 'd']);
	});
});

const durations: readonly (readonly [milliseconds: number, text: string])[] = [
	[-5, '0.0s'],
	[0, '0.0s'],
	[449, '0.4s'],
	[59_900, '59.9s'],
	[60_000, '1m00s'],
	[125_400, '2m05s'],
	[3_600_000, '60m00s'],
];

describe('formatSeconds', () => {
	for (const [milliseconds, text] of durations) {
		test(`writes ${milliseconds} ms as ${text}`, () => assert.equal(formatSeconds(milliseconds), text));
	}
});
