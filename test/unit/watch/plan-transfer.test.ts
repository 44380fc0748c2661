import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CopySource } from '../../../src/watch/decide.ts';
import type { Look } from '../../../src/watch/host-files.ts';
import { newLayouts } from '../../../src/watch/layout.ts';
import { planTransfer } from '../../../src/watch/plan-transfer.ts';
import { compileRule } from '../../../src/watch/rules.ts';

const rule = compileRule({
	service: 'a',
	index: 0,
	declared: { path: '/p', action: 'sync', target: '/app' },
	ignoreFile: undefined,
});
const look = (kind: Look['kind']): Look => ({ kind, size: 0, modified: 0, changed: 0, mode: 0o644, inode: 1, born: 0 });
const wanted = (paths: readonly string[]): ReadonlyMap<string, CopySource> =>
	new Map(paths.map((path) => [path.replace('/p', '/app'), { hostPath: path, rule }]));

const cases: readonly {
	readonly when: string;
	readonly host: Readonly<Record<string, Look['kind']>>;
	readonly paths: readonly string[];
	readonly copied?: readonly string[];
	readonly deleted?: readonly string[];
	readonly deletedFiles?: readonly string[];
	readonly absent?: readonly string[];
	readonly deletedFolders?: readonly string[];
	readonly modest?: readonly string[];
	/** Nobody told that it changed: a comparison found it. */
	readonly isFound?: true;
	/** Folders that were told to have gone, and whether they have stayed away. */
	readonly away?: { readonly folders: readonly string[]; readonly areCleared: boolean };
	readonly between?: readonly string[];
}[] = [
	{ when: 'a file', host: { '/p/a': 'file' }, paths: ['/p/a'], copied: ['/app/a'] },
	{
		when: 'a file in folders, which come along',
		host: { '/p/d': 'directory', '/p/d/e': 'directory', '/p/d/e/a': 'file' },
		paths: ['/p/d/e/a'],
		copied: ['/app/d', '/app/d/e', '/app/d/e/a'],
	},
	{ when: 'a file that is gone', host: {}, paths: ['/p/a'], deleted: ['/app/a'] },
	{
		when: 'a folder that is gone with all in it',
		host: {},
		paths: ['/p/d/a', '/p/d/b', '/p/d'],
		deleted: ['/app/d'],
	},
	{
		when: 'a folder that is gone, and may be back in a moment: what the container has in it stays',
		host: {},
		paths: ['/p/d/a', '/p/d/b', '/p/d'],
		away: { folders: ['/p/d'], areCleared: false },
		deleted: ['/app/d/a', '/app/d/b'],
		deletedFiles: ['/app/d'],
		deletedFolders: ['/app/d'],
	},
	{
		when: 'a folder that has stayed away, with all in it',
		host: {},
		paths: ['/p/d/a', '/p/d'],
		away: { folders: ['/p/d'], areCleared: true },
		deleted: ['/app/d'],
	},
	{
		when: 'a file gone from a folder that must be no link',
		host: { '/p/d': 'directory' },
		paths: ['/p/d/a'],
		deleted: ['/app/d/a'],
		between: ['/app/d'],
	},
	{
		when: 'a link in the place of a folder: nothing is deleted through it',
		host: { '/p/d': 'symlink' },
		paths: ['/p/d/a', '/p/d'],
		copied: ['/app/d'],
	},
	{
		when: 'a folder in the place of a file',
		host: { '/p/d': 'directory', '/p/d/a': 'file' },
		paths: ['/p/d', '/p/d/a'],
		copied: ['/app/d', '/app/d/a'],
	},
	{
		when: 'the watched folder itself gone: what else is at the target stays',
		host: {},
		paths: ['/p/a', '/p/d/b', '/p/d', '/p'],
		deleted: ['/app/a', '/app/d'],
		deletedFiles: ['/app'],
	},
	{ when: 'a watched file gone, which is no folder', host: {}, paths: ['/p'], deletedFiles: ['/app'] },
	{ when: 'what was deleted before', host: {}, paths: ['/p/a', '/p/b'], absent: ['/app/a'], deleted: ['/app/b'] },
	{
		when: 'a link in the place of a folder of which nobody told yet: it is copied instead',
		host: { '/p/d': 'symlink' },
		paths: ['/p/d/e/a'],
		copied: ['/app/d'],
	},
	{
		when: 'a pipe, of which a container gets nothing',
		host: { '/p/a': 'other' },
		paths: ['/p/a'],
		deleted: ['/app/a'],
	},
	{
		when: 'a folder that is gone, as a comparison found: only what labc knows goes, a link before what is behind it',
		host: {},
		paths: ['/p/d/e/a', '/p/d', '/p/d/e'],
		deletedFiles: ['/app/d', '/app/d/e', '/app/d/e/a'],
		deletedFolders: ['/app/d/e/a', '/app/d/e', '/app/d'],
		isFound: true,
	},
	{
		when: 'a file that differs, as a comparison found: it never takes the place of a folder',
		host: { '/p/d': 'directory', '/p/d/a': 'file' },
		paths: ['/p/d/a'],
		copied: ['/app/d', '/app/d/a'],
		modest: ['/app/d/a'],
		isFound: true,
	},
];

describe('planTransfer', () => {
	for (const { when, host, paths, copied = [], absent = [], isFound, away, ...expected } of cases) {
		test(when, () => {
			const kinds = new Map(Object.entries(host));
			const hasLink = (path: string): boolean => kinds.get(path.split('/').slice(0, 3).join('/')) === 'symlink';
			const view = {
				look: (path: string) => {
					const kind = path.split('/').length > 3 && hasLink(path) ? undefined : kinds.get(path);
					return kind === undefined ? undefined : look(kind);
				},
			};
			const wish = {
				wanted: wanted(paths),
				absent: new Set(absent),
				told: new Set(isFound ? [] : wanted(paths.filter((path) => away?.folders.includes(path) !== true)).keys()),
				cleared: new Set(away?.areCleared === true ? wanted(away.folders).keys() : []),
			};
			const transfer = planTransfer(wish, { host: view, layout: newLayouts([rule])(view) });
			assert.deepEqual(
				transfer.copied.map(({ target }) => target),
				copied,
			);
			assert.deepEqual(transfer.deleted, expected.deleted ?? []);
			assert.deepEqual(transfer.deletedFiles, expected.deletedFiles ?? []);
			assert.deepEqual(transfer.deletedFolders, expected.deletedFolders ?? []);
			assert.deepEqual([...transfer.modest], expected.modest ?? []);
			assert.deepEqual(
				transfer.between.map(({ target }) => target),
				expected.between ?? [],
			);
		});
	}
});
