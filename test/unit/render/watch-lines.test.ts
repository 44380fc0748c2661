import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createColours } from '../../../src/render/colours.ts';
import { failureToJson, formatWatch as format, type WatchEvent, watchToJson } from '../../../src/render/watch-lines.ts';

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
	{ event: done({ count: 0 }), text: ' Watch app: src/a → kept until a container runs\n' },
	{
		event: done({ count: 0, waiting: { containers: ['lab-app-1'], arePaused: false } }),
		text: ' Watch app: src/a → kept until lab-app-1 runs again\n',
	},
	{
		event: done({ count: 0, waiting: { containers: ['lab-app-1'], arePaused: true } }),
		text: ' Watch app: src/a → kept until lab-app-1 is unpaused\n',
	},
	{
		event: done({ count: 0, waiting: { containers: ['lab-app-1', 'lab-app-2'], arePaused: true } }),
		text: ' Watch app: src/a → kept until its 2 containers are unpaused\n',
	},
	{
		event: done({ count: 0, waiting: { containers: ['lab-app-1', 'lab-app-2'], arePaused: false } }),
		text: ' Watch app: src/a → kept until its 2 containers run again\n',
	},
	{ event: done({ what: 'rebuilt', milliseconds: 12_345 }), text: ' Watch app: src/a → rebuilt in 12.3 s\n' },
	{
		event: done({ what: 'repaired', changed: ['a', 'b', 'c'], deleted: 1, container: 'lab-app-2', count: 1 }),
		text: ' Watch app: a and 2 more, 1 deleted → synced to lab-app-2, which differed, in 54 ms\n',
	},
	{
		event: done({ what: 'repaired', changed: ['a', 'b'], deleted: 2, container: 'lab-app-2', count: 1 }),
		text: ' Watch app: a and 1 more deleted → synced to lab-app-2, which differed, in 54 ms\n',
	},
	{ event: done({ deleted: 1 }), text: ' Watch app: src/a deleted → synced to 2 containers in 54 ms\n' },
	{
		event: done({ changed: ['a', 'b', 'c'], deleted: 3 }),
		text: ' Watch app: a and 2 more deleted → synced to 2 containers in 54 ms\n',
	},
	{
		event: done({ changed: ['a', 'b', 'c'], deleted: 2 }),
		text: ' Watch app: a and 2 more, 2 deleted → synced to 2 containers in 54 ms\n',
	},
	{
		event: { at: 0, type: 'watch.ready', services: ['a', 'b'], folders: 1, milliseconds: 7 },
		text: ' Watch enabled for a, b: 1 folder in 7 ms\n',
	},
	{
		event: { at: 0, type: 'watch.output', service: 'app', container: 'app-2', text: 'one\ntwo\n' },
		text: 'app-2 | one\napp-2 | two\n',
	},
	{
		event: { at: 0, type: 'watch.reload', changed: '.env', changes: [] },
		text: ' Watch: .env changed → nothing to do\n',
	},
	{
		event: { at: 0, type: 'watch.reload', changed: 'compose.yml', changes: ['recreate lab-web-1: image: a → b'] },
		text: ' Watch: compose.yml changed → the new plan:\n   recreate lab-web-1: image: a → b\n',
	},
	{
		event: { at: 0, type: 'watch.unlimited' },
		text: ' Watch: the system lets labc watch all folders again: changes are no longer looked for\n',
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
			container: 'app-1',
			text: 'Watch me as I write a long line\n',
		};
		assert.equal(format(output, createColours(true), screen), 'app-1 | Watch me as I write a long line\n');
	});

	test('shows the end of a path that is too long for a line of the terminal', () => {
		const screen = { isTerminal: true, size: () => ({ columns: 80, rows: 9 }) };
		const changed = [`src/${'long/'.repeat(30)}index.js`, 'b'];
		const line = format(done({ changed }), createColours(false), screen);
		assert.match(line, /^ Watch app: …\/(long\/)+index\.js and 1 more → synced to 2 containers in 54 ms\n$/);
		assert.ok(line.length <= 81, line);
	});

	test('does not steer the terminal by a file’s name', () => {
		assert.ok(!formatWatch(done({ changed: ['a\u001b[2J'] })).includes('\u001b'));
	});

	test('is told to programs with what was deleted, and the container that differed', () => {
		const { deleted, ...gone } = watchToJson(done({ deleted: 1 }));
		assert.deepEqual([gone['status'], deleted], ['Synced', 1]);
		const repaired = done({ what: 'repaired', changed: ['a', 'b'], deleted: 1, container: 'lab-app-2', count: 1 });
		assert.deepEqual(watchToJson(repaired), {
			id: 'Watch app',
			status: 'Repaired',
			service: 'app',
			changed: ['a', 'b'],
			changes: 2,
			deleted: 1,
			container: 'lab-app-2',
			count: 1,
			milliseconds: 54,
		});
	});

	test('means by `changes` the number of changed paths in each object for programs', () => {
		const reload: WatchEvent = { at: 0, type: 'watch.reload', changed: '.env', changes: ['recreate a', 'recreate b'] };
		assert.deepEqual(watchToJson(reload), {
			id: 'Watch',
			status: 'Reloading',
			changed: ['.env'],
			changes: 1,
			plan: ['recreate a', 'recreate b'],
		});
		const started = watchToJson({ at: 0, type: 'watch.started', service: 'app', what: 'rebuilt', changed: ['x'] });
		assert.deepEqual([started['changed'], started['changes']], [['x'], 1]);
	});

	test('is one object for programs, with a hundred paths at most', () => {
		const changed = Array.from({ length: 150 }, (_, nth) => `f${nth}`);
		const json = watchToJson(done({ changed }));
		assert.deepEqual(
			{ ...json, changed: (json['changed'] as readonly string[]).length },
			{
				id: 'Watch app',
				status: 'Synced',
				service: 'app',
				changed: 100,
				changes: 150,
				count: 2,
				milliseconds: 54,
			},
		);
	});
});

describe('what failed has an object of its service for programs, so that nobody waits for its end', () => {
	test('with its text, place and next steps apart', () => {
		const failed = {
			service: 'api',
			what: 'rebuilt',
			error: 'building `api` failed',
			place: 'api/Dockerfile:2:1',
			hint: 'Mend it.',
		} as const;
		assert.deepEqual(
			failureToJson({ message: 'api: all of it\n  hint: Mend it.', hint: 'The old one goes on.', failed }),
			{
				id: 'Watch api',
				status: 'Failed',
				service: 'api',
				action: 'rebuild',
				error: 'building `api` failed',
				place: 'api/Dockerfile:2:1',
				hint: 'Mend it. The old one goes on.',
			},
		);
	});

	const actions = { synced: 'sync', repaired: 'repair', restarted: 'restart', executed: 'exec' } as const;
	for (const what of ['synced', 'repaired', 'restarted', 'executed'] as const) {
		test(`also where the warning says all there is: ${what}`, () => {
			assert.deepEqual(failureToJson({ message: 'it broke', failed: { service: 'api', what } }), {
				id: 'Watch api',
				status: 'Failed',
				service: 'api',
				action: actions[what],
				error: 'it broke',
				place: undefined,
				hint: undefined,
			});
		});
	}

	test('and no other warning has one', () => assert.deepEqual(failureToJson({ message: 'careful' }), {}));
});
