import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newSyncedTeller, type Synced } from '../../../src/watch/synced-teller.ts';

const synced = (more: Partial<Synced>): Synced => ({ changed: [], deleted: [], count: 1, since: 0, ...more });

describe('telling what was synced', () => {
	test('batches that end together are one, from the first of them on, each path once', async () => {
		const told: Synced[] = [];
		const tell = newSyncedTeller((each) => told.push(each));
		const both = [
			tell(synced({ changed: ['a', 'b'], deleted: ['b'], since: 5 })),
			Promise.resolve().then(() => tell(synced({ changed: ['b', 'c'], deleted: ['b'], since: 9 }))),
		];
		await Promise.all(both);
		assert.deepEqual(told, [synced({ changed: ['a', 'b', 'c'], deleted: ['b'], since: 5 })]);
	});

	test('what ends later is told apart, after it was waited for', async () => {
		const told: string[] = [];
		const tell = newSyncedTeller(({ changed }) => told.push(changed.join()));
		await tell(synced({ changed: ['a'] }));
		assert.deepEqual(told, ['a']);
		await tell(synced({ changed: ['b'] }));
		assert.deepEqual(told, ['a', 'b']);
	});

	test('what went to other containers is told apart', async () => {
		const told: string[] = [];
		const tell = newSyncedTeller(({ changed, count }) => told.push(`${changed.join()} ${count}`));
		await Promise.all([tell(synced({ changed: ['a'] })), tell(synced({ changed: ['b'], count: 2 }))]);
		assert.deepEqual(told, ['a 1', 'b 2']);
	});
});
