import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WatchRule } from '../../../src/model/develop.ts';
import { type Actions, actionsOf, mergeActions, newActionQueue } from '../../../src/watch/actions.ts';
import { compileRule } from '../../../src/watch/rules.ts';

const rule = (action: WatchRule['action'], index = 0) =>
	compileRule({ service: 'a', index, declared: { path: '/p', action, target: '/app' }, ignoreFile: undefined });
const actions = (more: Partial<Actions>): Actions => ({
	rebuild: false,
	restart: false,
	execs: [],
	changed: [],
	...more,
});

describe('actionsOf', () => {
	for (const [action, wanted] of [
		['sync', { rebuild: false, restart: false, execs: 0 }],
		['rebuild', { rebuild: true, restart: false, execs: 0 }],
		['restart', { rebuild: false, restart: true, execs: 0 }],
		['sync+restart', { rebuild: false, restart: true, execs: 0 }],
		['sync+exec', { rebuild: false, restart: false, execs: 1 }],
	] as const) {
		test(action, () => {
			const { rebuild, restart, execs } = actionsOf([rule(action)], ['x']);
			assert.deepEqual({ rebuild, restart, execs: execs.length }, wanted);
		});
	}
});

describe('mergeActions', () => {
	test('does each thing once, commands in the order of the file', () => {
		const [first, second] = [rule('sync+exec', 0), rule('sync+exec', 1)];
		const merged = mergeActions(
			actions({ rebuild: true, execs: [second], changed: ['a'] }),
			actions({ restart: true, execs: [first, second], changed: ['a', 'b'] }),
		);
		assert.deepEqual(merged, { rebuild: true, restart: true, execs: [first, second], changed: ['a', 'b'] });
	});
});

describe('an action queue', () => {
	test('does what came meanwhile together, and one thing at a time', async () => {
		const seen: (readonly string[])[] = [];
		const gate = Promise.withResolvers<void>();
		const queue = newActionQueue(async ({ changed }) => {
			seen.push(changed);
			if (seen.length === 1) await gate.promise;
		});
		const all = [
			queue.add(actions({ changed: ['a'] })),
			queue.add(actions({ changed: ['b'] })),
			queue.add(actions({ changed: ['c'] })),
		];
		gate.resolve();
		await Promise.all(all);
		assert.deepEqual(seen, [['a'], ['b', 'c']]);
	});

	test('works again after it was idle', async () => {
		let runs = 0;
		const queue = newActionQueue(async () => {
			runs += 1;
		});
		await queue.add(actions({}));
		await queue.add(actions({}));
		assert.equal(runs, 2);
	});
});
