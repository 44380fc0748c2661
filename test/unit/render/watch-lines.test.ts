import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createColours } from '../../../src/render/colours.ts';
import { formatWatch as format, type WatchEvent, watchToJson } from '../../../src/render/watch-lines.ts';

const file = { isTerminal: false, size: () => ({ columns: 20, rows: 9 }) };
const formatWatch = (event: WatchEvent): string => format(event, createColours(false), file);

const done = (more: Partial<Extract<WatchEvent, { readonly type: 'watch.done' }>>): WatchEvent => ({
	at: 0,
	type: 'watch.done',
	service: 'app',
	what: 'synced',
	changed: ['src/a'],
	count: 2,
	milliseconds: 54,
	...more,
});

const cases: readonly { readonly event: WatchEvent; readonly text: string }[] = [
	{ event: done({}), text: ' Watch app: src/a → synced to 2 containers in 54 ms\n' },
	{
		event: done({ changed: ['a', 'b', 'c'], count: 1 }),
		text: ' Watch app: a and 2 more → synced to 1 container in 54 ms\n',
	},
	{ event: done({ count: 0 }), text: ' Watch app: src/a → kept for its next container in 54 ms\n' },
	{ event: done({ what: 'rebuilt', milliseconds: 12_345 }), text: ' Watch app: src/a → rebuilt in 12.3 s\n' },
	{
		event: done({ what: 'repaired', changed: [], count: 3 }),
		text: ' Watch app: 3 paths brought to a container that started in 54 ms\n',
	},
	{
		event: { at: 0, type: 'watch.ready', services: ['a', 'b'], folders: 1, milliseconds: 7 },
		text: ' Watch enabled for a, b: 1 folder in 7 ms\n',
	},
	{ event: { at: 0, type: 'watch.output', service: 'app', text: 'one\ntwo\n' }, text: 'app | one\napp | two\n' },
	{
		event: { at: 0, type: 'watch.reload', changed: '.env', changes: [] },
		text: ' Watch: .env changed → nothing to do\n',
	},
	{
		event: { at: 0, type: 'watch.reload', changed: 'compose.yml', changes: ['recreate lab-web-1: image: a → b'] },
		text: ' Watch: compose.yml changed → the new plan:\n   recreate lab-web-1: image: a → b\n',
	},
	{
		event: { at: 0, type: 'watch.started', service: 'app', what: 'rebuilt', changed: ['app.py'] },
		text: ' Watch app: app.py → being rebuilt …\n',
	},
];

describe('what watching tells', () => {
	for (const { event, text } of cases) test(text.trim(), () => assert.equal(formatWatch(event), text));

	test('is wrapped between words on a terminal, and its first word stands out', () => {
		const screen = { isTerminal: true, size: () => ({ columns: 30, rows: 9 }) };
		assert.equal(
			format(done({}), createColours(true), screen),
			' \u001b[36mWatch\u001b[39m app: src/a → synced\n   to 2 containers in 54 ms\n',
		);
		const output: WatchEvent = {
			at: 0,
			type: 'watch.output',
			service: 'app',
			text: 'Watch me as I write a long line\n',
		};
		assert.equal(format(output, createColours(true), screen), 'app | Watch me as I write a long line\n');
	});

	test('does not steer the terminal by a file’s name', () => {
		assert.ok(!formatWatch(done({ changed: ['a\u001b[2J'] })).includes('\u001b'));
	});

	test('is one object for programs, with a hundred paths at most', () => {
		const changed = Array.from({ length: 150 }, (_, nth) => `f${nth}`);
		const json = watchToJson(done({ changed }));
		assert.deepEqual(
			{ ...json, changed: (json['changed'] as readonly string[]).length },
			{
				id: 'Watch app',
				status: 'Synced',
				changed: 100,
				changes: 150,
				count: 2,
				milliseconds: 54,
			},
		);
	});
});
