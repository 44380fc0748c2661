import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WatchRule } from '../../../src/model/develop.ts';
import { type Actions, actionsOf, mergeActions, newActionQueue } from '../../../src/watch/actions.ts';
import { compileRule } from '../../../src/watch/rules.ts';

const rule = (action: WatchRule['action'], index = 0) =>
	compileRule({ service: 'a', index, declared: { path: '/p', action, target: '/app' }, ignoreFile: undefined });
const actions = (more: Partial<Actions>): Actions => ({
	rebuild: [],
	restart: [],
	execs: new Map(),
	...more,
});

describe('actionsOf', () => {
	for (const [action, wanted] of [
		['sync', { rebuild: [], restart: [], execs: 0 }],
		['rebuild', { rebuild: ['x'], restart: [], execs: 0 }],
		['restart', { rebuild: [], restart: ['x'], execs: 0 }],
		['sync+restart', { rebuild: [], restart: ['x'], execs: 0 }],
		['sync+exec', { rebuild: [], restart: [], execs: 1 }],
	] as const) {
		test(action, () => {
			const { rebuild, restart, execs } = actionsOf([rule(action)], () => ['x']);
			assert.deepEqual({ rebuild, restart, execs: execs.size }, wanted);
		});
	}

	test('each thing is done for what its own rules are about', () => {
		const rules = [rule('rebuild', 0), rule('sync+exec', 1), rule('restart', 2), rule('sync+restart', 3)];
		const { rebuild, restart, execs } = actionsOf(rules, ({ index }) => ['all', `of ${index}`]);
		assert.deepEqual(
			[rebuild, restart],
			[
				['all', 'of 0'],
				['all', 'of 2', 'of 3'],
			],
		);
		assert.deepEqual([...execs.values()], [['all', 'of 1']]);
	});
});

describe('mergeActions', () => {
	test('does each thing once, commands in the order of the file', () => {
		const [first, second] = [rule('sync+exec', 0), rule('sync+exec', 1)];
		const merged = mergeActions(
			actions({ rebuild: ['a'], execs: new Map([[second, ['a']]]) }),
			actions({
				rebuild: ['a', 'b'],
				restart: ['b'],
				execs: new Map([
					[first, ['c']],
					[second, ['b']],
				]),
			}),
		);
		assert.deepEqual([merged.rebuild, merged.restart], [['a', 'b'], ['b']]);
		assert.deepEqual(
			[...merged.execs],
			[
				[first, ['c']],
				[second, ['a', 'b']],
			],
		);
	});
});

describe('an action queue', () => {
	test('does what came meanwhile together, and one thing at a time', async () => {
		const seen: (readonly string[])[] = [];
		const gate = Promise.withResolvers<void>();
		const queue = newActionQueue(async ({ restart }) => {
			seen.push(restart);
			if (seen.length === 1) await gate.promise;
		});
		const all = [
			queue.add(actions({ restart: ['a'] })),
			queue.add(actions({ restart: ['b'] })),
			queue.add(actions({ restart: ['c'] })),
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
