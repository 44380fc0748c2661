import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTop, formatTopScreen, type GpuPicture, topFields } from '../../../src/cli/gpu-top-output.ts';
import { unitsOf } from '../../../src/gpu/inventory.ts';
import { createColours } from '../../../src/render/colours.ts';
import { displayWidth } from '../../../src/render/display-width.ts';
import { box, cut, gib, gpu, uuid } from '../../support/gpu-cases.ts';

const plain = createColours(false);
const holder = {
	kind: 'container',
	name: 'lab-t-1',
	project: 'lab',
	user: 'ann',
	since: 100,
	memoryUsed: 2 * gib,
} as const;
const sharer = { kind: 'container', name: 'lab-t-2', project: 'lab', user: 'ben', since: 5000 } as const;
const process = { kind: 'process', name: 'python (process 7)', user: 'eve' } as const;

const gpus = unitsOf(
	box([
		gpu(0, { memoryUsed: 3 * gib, utilisation: 93, temperature: 61 }),
		gpu(1, { memoryUsed: gib, utilisation: 0, temperature: 33 }),
		gpu(2, { utilisation: 0, temperature: 30 }),
		cut(3),
	]),
).map((unit, index) => ({ unit, holders: [[holder, sharer], [process], [], [holder], []][index] ?? [] }));

const picture: GpuPicture = { gpus, idle: new Map([[uuid(1), 7300 - 180]]), now: 7300 };

test('each holder has a line, and what holds for the GPU is told once', () => {
	const [titles, ...lines] = formatTop(picture, undefined).trimEnd().split('\n');
	assert.match(titles ?? '', /^GPU +MODEL +LOAD +USE +MEMORY +TEMP +HELD BY +ITS MEMORY +PROJECT +USER +SINCE +IDLE$/);
	assert.deepEqual(
		lines.map((line) => line.trim().split(/ {2,}/)),
		[
			['0', 'H100', '█████████░', '93 %', '3.0 / 80.0 GiB', '61 °C', 'lab-t-1', '2.0 GiB', 'lab', 'ann', '2h ago'],
			['lab-t-2', 'lab', 'ben', '38m ago'],
			['1', 'H100', '░░░░░░░░░░', '0 %', '1.0 / 80.0 GiB', '33 °C', 'python (process 7)', 'eve', '3m'],
			['2', 'H100', '░░░░░░░░░░', '0 %', '0.0 / 80.0 GiB', '30 °C', 'free'],
			['3:0', 'H100 3g.40gb', '40.0 GiB', 'lab-t-1', '2.0 GiB', 'lab', 'ann', '2h ago'],
			['3:1', 'H100 3g.40gb', '40.0 GiB', 'free'],
		],
	);
});

test('one that was just seen idle has been so since now', () => {
	const text = formatTop({ ...picture, idle: new Map([[uuid(1), 7299.5]]) }, undefined);
	assert.match(text, /eve +now$/m);
});

test('a screen says first what it comes to', () => {
	const [summary] = formatTopScreen(picture, { columns: 100, rows: 30, colours: plain });
	assert.equal(summary, '5 GPUs: 3 held, 1 of them idle, 2 free · 02:01:40 UTC · q ends');
});

test('a screen that is old says so, why, and as much of it as there is room for', () => {
	const lack = { why: 'no engine answers at `unix:///run/docker.sock`', seconds: 34.2 };
	const at = (columns: number) => formatTopScreen(picture, { columns, rows: 30, colours: plain, lack })[1];
	assert.deepEqual(
		[at(100), at(30)],
		['seen 34s ago: no engine answers at `unix:///run/docker.sock`', 'seen 34s ago: no engine answe…'],
	);
});

for (const columns of [200, 100, 60, 40, 20]) {
	test(`no line is longer than ${columns} columns, and holders stay`, () => {
		const lines = formatTopScreen(picture, { columns, rows: 30, colours: plain });
		assert.deepEqual(
			lines.filter((line) => displayWidth(line) > columns),
			[],
		);
		if (columns >= 40) assert.match(lines.join('\n'), /^0 .*lab-t-1/m);
	});
}

const longNamed: GpuPicture = {
	...picture,
	gpus: gpus.map(({ unit, holders }) => ({
		unit,
		holders: holders.map((one) => ({
			...one,
			name: 'thesis-llm-finetune-of-the-large-one-1',
			project: 'thesis-llm-finetune-of-the-large-one',
			user: 'maximiliane',
		})),
	})),
};
const titlesAt = (shown: GpuPicture, columns: number): readonly string[] => {
	const [, , titles = ''] = formatTopScreen(shown, { columns, rows: 30, colours: plain });
	return titles.split(/ {2,}/);
};

const asked = ['GPU', 'USE', 'MEMORY', 'TEMP', 'HELD BY', 'PROJECT', 'USER', 'SINCE', 'IDLE'];
const shownAt: readonly { columns: number; long: readonly string[]; short: readonly string[] }[] = [
	{
		columns: 120,
		long: ['GPU', 'MODEL', ...asked.slice(1)],
		short: ['GPU', 'MODEL', 'LOAD', ...asked.slice(1, 5), 'ITS MEMORY', ...asked.slice(5)],
	},
	{ columns: 80, long: asked.filter((title) => title !== 'TEMP'), short: asked },
	{
		columns: 60,
		long: ['GPU', 'USE', 'MEMORY', 'HELD BY', 'USER', 'IDLE'],
		short: ['GPU', 'USE', 'MEMORY', 'HELD BY', 'USER', 'IDLE'],
	},
];
for (const { columns, long, short } of shownAt) {
	test(`${columns} columns show what there is room for once names are cut`, () => {
		assert.deepEqual([titlesAt(longNamed, columns), titlesAt(picture, columns)], [long, short]);
	});
}

test('names that are too long lose their middle', () => {
	const lines = formatTopScreen(longNamed, { columns: 120, rows: 30, colours: plain });
	assert.match(lines[3] ?? '', / thesis-llm\S*…\S*-one-1 .* thesis\S*…\S*-one .* maxi\S* /);
	assert.deepEqual(
		lines.filter((line) => displayWidth(line) > 120),
		[],
	);
});

test('a low screen says how many lines it leaves out', () => {
	const lines = formatTopScreen(picture, { columns: 100, rows: 7, colours: plain });
	assert.deepEqual([lines.length, lines.at(-1)], [7, '… and 3 more']);
});

test('free GPUs and idle ones have colours of their own', () => {
	const lines = formatTopScreen(picture, { columns: 100, rows: 30, colours: createColours(true) });
	const starts = lines.slice(3).map((line) => line.slice(0, 5));
	assert.deepEqual(
		starts.map((start) => start.replace('\u001b', '')).map((start) => start.slice(0, 4)),
		['0   ', '    ', '[33m', '[32m', '3:0 ', '[32m'],
	);
});

test('programs get how long it has been idle', () => {
	const { fields } = topFields(picture);
	const seconds = gpus.map((one) => JSON.parse(JSON.stringify(fields(one))).IdleSeconds);
	assert.deepEqual(seconds, [null, 180, null, null, null]);
});
