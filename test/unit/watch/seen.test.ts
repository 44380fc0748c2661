import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Look } from '../../../src/watch/host-files.ts';
import { isDifferent, isSame } from '../../../src/watch/seen.ts';

const file: Look = { kind: 'file', size: 1, modified: 1, changed: 1, mode: 0o644, inode: 1, born: 1 };
const folder: Look = { ...file, kind: 'directory', mode: 0o755 };
const listedAt = 10_000;

const looks: readonly { readonly when: string; readonly before: Look; readonly now: Look; readonly is: boolean }[] = [
	{ when: 'nothing changed', before: file, now: file, is: false },
	{ when: 'only its name came to it late', before: file, now: { ...file, changed: 99 }, is: false },
	{ when: 'its size is another one', before: file, now: { ...file, size: 2 }, is: true },
	{ when: 'it was written', before: file, now: { ...file, modified: 2 }, is: true },
	{ when: 'its mode is another one', before: file, now: { ...file, mode: 0o755 }, is: true },
	{ when: 'another one took its place', before: file, now: { ...file, inode: 2 }, is: true },
	{ when: 'another one got its number', before: file, now: { ...file, born: 2 }, is: true },
	{ when: 'it is a folder by now', before: file, now: { ...folder, mode: 0o644 }, is: true },
	{ when: 'something came into a folder', before: folder, now: { ...folder, size: 9, modified: 9 }, is: false },
];

describe('a path that was looked at', () => {
	for (const { when, before, now, is } of looks)
		test(`is ${is ? '' : 'not '}different where ${when}`, () => assert.equal(isDifferent(before, now, listedAt), is));

	test('is different where it came or went', () => {
		assert.equal(isDifferent(undefined, file, listedAt), true);
		assert.equal(isDifferent(file, undefined, listedAt), true);
		assert.equal(isDifferent(undefined, undefined, listedAt), false);
	});
});

describe('a path that was only listed', () => {
	const listed = { kind: 'file' } as const;
	const cases = [
		{ when: 'its inode changed long before', now: { ...file, changed: listedAt - 2001 }, is: false },
		{
			when: 'its inode changed just before, maybe by another clock',
			now: { ...file, changed: listedAt - 2000 },
			is: true,
		},
		{ when: 'its inode changed since', now: { ...file, changed: listedAt + 1 }, is: true },
		{ when: 'it is something else', now: { ...file, kind: 'symlink' as const }, is: true },
	];
	for (const { when, now, is } of cases)
		test(`is ${is ? '' : 'not '}different where ${when}`, () => assert.equal(isDifferent(listed, now, listedAt), is));

	test('is never known to be the same', () => assert.equal(isSame(listed, file), false));
});
