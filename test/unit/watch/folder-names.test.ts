import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FolderNames } from '../../../src/watch/folder-names.ts';
import type { Look } from '../../../src/watch/host-files.ts';
import { isGlimpse } from '../../../src/watch/seen.ts';

const look: Look = { kind: 'file', size: 1, modified: 1, changed: 1, mode: 0o644, inode: 1, born: 1 };

const listing = { files: ['a b', 'é\n'], symlinks: ['to'], others: ['d', 'pipe'] };

describe('the names of a folder', () => {
	test('keep files and links that were only listed, and nothing that must be looked at', () => {
		const names = new FolderNames();
		names.list(listing);
		assert.deepEqual(
			[...names].map(([name, { kind }]) => [name, kind]),
			[
				['a b', 'file'],
				['é\n', 'file'],
				['to', 'symlink'],
			],
		);
		assert.equal(names.get('d'), undefined);
	});

	test('know a look from a glimpse', () => {
		const names = new FolderNames();
		names.list(listing);
		names.set('to', look);
		assert.equal(names.get('to'), look);
		const glimpse = names.get('a b');
		assert.ok(glimpse !== undefined && isGlimpse(glimpse) && !isGlimpse(look));
	});

	test('forget what is deleted, listed or looked at', () => {
		const names = new FolderNames();
		names.list(listing);
		names.set('d', look);
		for (const name of ['a b', 'd', 'never there']) names.delete(name);
		assert.deepEqual(
			[...names].map(([name]) => name),
			['é\n', 'to'],
		);
	});

	test('may be looked at later: what is something else by then, or gone, stays a glimpse', () => {
		const names = new FolderNames();
		names.list({ files: ['same', 'gone', 'other'], symlinks: [], others: [] });
		const looks: Readonly<Record<string, Look>> = { same: look, other: { ...look, kind: 'symlink' } };
		names.lookAtListed((name) => looks[name]);
		assert.deepEqual(
			[...names].map(([name, seen]) => [name, isGlimpse(seen)]),
			[
				['same', false],
				['gone', true],
				['other', true],
			],
		);
	});

	test('may be none', () => {
		const names = new FolderNames();
		names.list({ files: [], symlinks: [], others: ['d'] });
		assert.deepEqual([...names], []);
	});
});
