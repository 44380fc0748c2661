import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { walkFolders } from '../../../src/watch/walk-folders.ts';

const below: Readonly<Record<string, readonly string[]>> = {
	a: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'],
	'a/5': ['a/5/x'],
	'a/5/x': ['a/5/x/y'],
};

describe('a walk through folders', () => {
	test('enters each of them once, and has an end when all were entered', async () => {
		const entered: string[] = [];
		await walkFolders(['a', 'b'], 3, async (folder) => {
			entered.push(folder);
			await turn();
			return below[folder] ?? [];
		});
		assert.deepEqual(entered.sort(), ['a', 'a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/5/x', 'a/5/x/y', 'b']);
	});

	test('enters so many at once, and no more', async () => {
		let now = 0;
		const most: number[] = [];
		await walkFolders(['a'], 3, async (folder) => {
			now += 1;
			most.push(now);
			await turn();
			now -= 1;
			return below[folder] ?? [];
		});
		assert.equal(Math.max(...most), 3);
	});

	test('may have more folders in one than a call has room for arguments', async () => {
		const many = Array.from({ length: 200_000 }, (_, nth) => `many/${nth}`);
		let entered = 0;
		await walkFolders(['many'], 16, async (folder) => {
			entered += 1;
			return folder === 'many' ? many : [];
		});
		assert.equal(entered, 200_001);
	});

	test('is over at once where there is nothing to enter, and fails where a folder does', async () => {
		await walkFolders([], 3, () => assert.fail());
		await assert.rejects(
			walkFolders(['a'], 3, () => Promise.reject(new Error('no'))),
			{ message: 'no' },
		);
	});
});
