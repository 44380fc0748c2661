import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emit } from '../../../src/events/event.ts';
import type { Actions } from '../../../src/watch/actions.ts';
import { carryOut } from '../../../src/watch/carry-out.ts';
import { decide } from '../../../src/watch/decide.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const ruleFor = (action: 'sync' | 'sync+restart' | 'sync+exec', path: string, index: number) =>
	compileRule({ service: 'app', index, declared: { path, action, target: `/in${path}` }, ignoreFile: undefined });
const rules = [ruleFor('sync+restart', '/p/conf', 0), ruleFor('sync+exec', '/p/sql', 1), ruleFor('sync', '/p/src', 2)];

/** What becomes of changes of some files where the one container that runs refuses some of the places. */
async function carriedOut(files: readonly string[], { refused = [] as readonly string[], isUp = true } = {}) {
	const host = new MemoryHost('/p');
	for (const each of files) host.put(each, 'file', '1');
	const work = decide(
		files.map((each) => ({ path: each, isThere: true, isFolder: false })),
		rules,
	).get('app');
	assert.ok(work);
	const told: Parameters<Emit>[0][] = [];
	const done: Actions[] = [];
	const synced: (readonly string[])[] = [];
	const withAll = (targets: Iterable<string>): number =>
		isUp && [...targets].every((target) => !refused.includes(target)) ? 1 : 0;
	await carryOut(
		work,
		{
			sync: {
				note: async (copies) => withAll(copies.keys()),
				withAll,
				leavesOut: () => false,
				deletes: () => true,
				containers: () => (isUp ? [{ id: 'c', name: 'lab-app-1' }] : []),
				suspect: () => undefined,
				up: () => undefined,
				down: () => undefined,
				gone: () => undefined,
				settled: async () => undefined,
				close: async () => undefined,
			},
			actions: { add: async (actions) => void done.push(actions) },
			tellSynced: async ({ changed }) => void synced.push(changed),
		},
		{ files: host.files, emit: (event) => told.push(event), now: () => 0 },
	);
	return {
		done: done.map(({ restart, execs }) => ({ restart, execs: [...execs.values()].flat() })),
		notDone: told.flatMap((event) =>
			event.type === 'warning' && event.hint !== undefined ? [event.failed?.what] : [],
		),
		synced,
	};
}

describe('what a change leads to beside copying', () => {
	const [conf, sql, src] = ['/p/conf/a', '/p/sql/a', '/p/src/a'] as const;

	test('is done when it was copied', async () => {
		const { done, notDone, synced } = await carriedOut([conf, sql]);
		assert.deepEqual(done, [{ restart: [conf], execs: [sql] }]);
		assert.deepEqual([notDone, synced], [[], [[conf, sql]]]);
	});

	test('is not done where it was refused, and that is told', async () => {
		const refused = ['/in/p/conf/a', '/in/p/sql/a'];
		const { done, notDone, synced } = await carriedOut([conf, sql], { refused });
		assert.deepEqual([done, synced], [[], []]);
		assert.deepEqual(notDone, ['restarted', 'executed']);
	});

	test('is done where only what another rule copies was refused', async () => {
		const { done, notDone } = await carriedOut([conf, src], { refused: ['/in/p/src/a'] });
		assert.deepEqual(done, [{ restart: [conf], execs: [] }]);
		assert.deepEqual(notDone, []);
	});

	test('is done where nothing runs: a program that ended for a mistake starts with it mended', async () => {
		const { done, notDone } = await carriedOut([conf], { isUp: false });
		assert.deepEqual(done, [{ restart: [conf], execs: [] }]);
		assert.deepEqual(notDone, []);
	});
});
