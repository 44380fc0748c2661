import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostFiles, Listing, Look } from '../../../src/watch/host-files.ts';
import { Tree } from '../../../src/watch/tree.ts';
import type { TreeRequest } from '../../../src/watch/tree-request.ts';

let inodes = 0;
const openedAt = 10_000;
const file = (size = 1): Look => ({
	kind: 'file',
	size,
	modified: 1,
	changed: 1,
	mode: 0o644,
	inode: ++inodes,
	born: 1,
});
const folder = (): Look => ({ ...file(0), kind: 'directory', mode: 0o755 });
const link = (): Look => ({ ...file(), kind: 'symlink', mode: 0o777 });
const other = (): Look => ({ ...file(0), kind: 'other' });

/** A disk in memory. */
function disk(start: Readonly<Record<string, Look>>) {
	const looks = new Map(Object.entries(start));
	const watched = new Set<string>();
	const lookedAt: string[] = [];
	const list = (parent: string): Listing => {
		const names = [...looks.keys()].flatMap((path) => {
			const rest = path.startsWith(`${parent}/`) ? path.slice(parent.length + 1) : '';
			return rest === '' || rest.includes('/') ? [] : [rest];
		});
		const {
			file = [],
			symlink = [],
			...others
		} = Object.groupBy(names, (name) => looks.get(`${parent}/${name}`)?.kind ?? 'other');
		return { files: file, symlinks: symlink, others: Object.values(others).flat() };
	};
	const files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'list' | 'listLater' | 'watchFolder'> = {
		look(path) {
			lookedAt.push(path);
			return looks.get(path);
		},
		lookAtRoot: (root) => looks.get(root),
		list,
		listLater: async (parent) => list(parent),
		watchFolder(path) {
			watched.add(path);
			return { close: () => watched.delete(path) };
		},
	};
	return { looks, watched, lookedAt, files };
}

const treeOf = (
	files: TreeRequest['files'],
	roots: readonly string[] = ['/p'],
	onClosed: TreeRequest['onClosed'] = () => undefined,
): Tree =>
	new Tree({
		roots,
		files,
		ignoresTree: (path) => path.endsWith('/skipped'),
		onHint: () => undefined,
		onLost: () => undefined,
		onUnwatched: () => undefined,
		onClosed,
		now: () => openedAt,
		breathe: () => undefined,
	});

async function open(start: Readonly<Record<string, Look>>, roots: readonly string[] = ['/p']) {
	const host = disk(start);
	const tree = treeOf(host.files, roots);
	await tree.open();
	const news = (...paths: readonly string[]) => tree.settle(paths.map((path) => ({ path, isTold: true })));
	const settle = (...paths: readonly string[]) =>
		news(...paths).changes.map(({ path, isThere }) => `${isThere ? '+' : '-'}${path}`);
	return { ...host, tree, news, settle };
}

describe('a tree', () => {
	test('keeps what it saw of a folder that may not be read any more, and says so', async () => {
		const look = { size: 1, modified: 1, changed: 1, mode: 0o755, inode: 1, born: 1 };
		const host = disk({
			'/p': { ...look, kind: 'directory' },
			'/p/d': { ...look, kind: 'directory', inode: 2 },
			'/p/d/f': { ...look, kind: 'file', inode: 3 },
		});
		const closed = new Set<string>();
		let isClosed = true;
		const list = (folder: string): Listing =>
			folder === '/p/d' && isClosed ? { files: [], symlinks: [], others: [], isClosed } : host.files.list(folder);
		const files = { ...host.files, list, listLater: async (folder: string) => list(folder) };
		const tree = treeOf(files, ['/p'], (folder) => closed.add(folder));
		const settle = (...paths: readonly string[]) =>
			tree.settle(paths.map((path) => ({ path, isTold: true }))).changes.map(({ path }) => path);
		await tree.open();
		assert.deepEqual([...closed], ['/p/d']);
		isClosed = false;
		assert.deepEqual(settle('/p/d'), ['/p/d', '/p/d/f']);
		host.looks.set('/p/d/f', { ...look, kind: 'closed' });
		closed.clear();
		assert.deepEqual([settle('/p/d'), settle('/p/d/f'), (await tree.rescan()).changes], [['/p/d'], [], []]);
		assert.deepEqual([...closed], ['/p/d']);
		isClosed = true;
		host.looks.delete('/p/d/f');
		assert.deepEqual(settle('/p/d'), ['/p/d']);
		assert.deepEqual([...tree.paths()], ['/p', '/p/d', '/p/d/f']);
	});

	test('watches each folder once, and none that is ignored', async () => {
		const { watched } = await open({
			'/p': folder(),
			'/p/d': folder(),
			'/p/d/a': file(),
			'/p/skipped': folder(),
			'/p/skipped/x': folder(),
		});
		assert.deepEqual([...watched].sort(), ['/p', '/p/d']);
	});

	test('tells of a file that came, changed or went', async () => {
		const { looks, settle } = await open({ '/p': folder() });
		looks.set('/p/a', file());
		assert.deepEqual(settle('/p/a'), ['+/p/a']);
		looks.set('/p/a', file(2));
		assert.deepEqual(settle('/p/a'), ['+/p/a']);
		looks.delete('/p/a');
		assert.deepEqual(settle('/p/a'), ['-/p/a']);
		assert.deepEqual(settle('/p/a'), []);
	});

	test('believes the system that a file was written though it looks the same', async () => {
		const { settle } = await open({ '/p': folder(), '/p/a': file() });
		assert.deepEqual(settle('/p/a'), ['+/p/a']);
	});

	test('tells of all that is in a new folder, and watches it', async () => {
		const { looks, settle, watched } = await open({ '/p': folder() });
		for (const [path, look] of [
			['/p/d', folder()],
			['/p/d/e', folder()],
			['/p/d/e/a', file()],
		] as const)
			looks.set(path, look);
		assert.deepEqual(settle('/p/d'), ['+/p/d', '+/p/d/e', '+/p/d/e/a']);
		assert.ok(watched.has('/p/d/e'));
	});

	test('tells of all that was in a folder that went, and watches it no more', async () => {
		const { looks, settle, watched } = await open({ '/p': folder(), '/p/d': folder(), '/p/d/a': file() });
		looks.delete('/p/d');
		looks.delete('/p/d/a');
		assert.deepEqual(settle('/p/d'), ['-/p/d/a', '-/p/d']);
		assert.deepEqual([...watched], ['/p']);
	});

	test('sees that a folder is another one of the same name', async () => {
		const { looks, settle } = await open({ '/p': folder(), '/p/d': folder(), '/p/d/a': file() });
		looks.delete('/p/d/a');
		looks.set('/p/d', folder());
		looks.set('/p/d/b', file());
		assert.deepEqual(settle('/p/d'), ['-/p/d/a', '+/p/d', '+/p/d/b']);
	});

	test('suspects what came and went between two looks, and what is below a folder that is another one', async () => {
		const { looks, news } = await open({ '/p': folder(), '/p/d': folder(), '/p/e': folder(), '/p/f': file() });
		assert.deepEqual(news('/p/glimpsed'), { changes: [], suspects: ['/p/glimpsed'] });
		looks.set('/p/d', folder());
		assert.deepEqual(news('/p/d').suspects, ['/p/d']);
		assert.deepEqual(news('/p/e', '/p/f').suspects, []);
	});

	test('looks into a folder that it is told of, and watches one that it was not let into', async () => {
		const { looks, settle, watched } = await open({ '/p': folder(), '/p/d': { ...folder(), mode: 0 } });
		watched.clear();
		looks.set('/p/d/a', file());
		assert.deepEqual(settle('/p/d'), ['+/p/d', '+/p/d/a'], 'its own mode may have been another one for a moment');
		assert.deepEqual([...watched], [], 'its watch holds');
		looks.set('/p/d', { ...folder(), ...looks.get('/p/d'), mode: 0o755 });
		assert.deepEqual(settle('/p/d'), ['+/p/d']);
	});

	test('looks at no file before something is told of it, but at each where it can’t watch all', async () => {
		const start = { '/p': folder(), '/p/a': file(), '/p/d': folder(), '/p/d/b': file(), '/p/pipe': other() };
		const { lookedAt, settle } = await open(start);
		assert.deepEqual(lookedAt.splice(0), ['/p/d', '/p/pipe']);
		settle('/p/d/b');
		assert.deepEqual(lookedAt.splice(0), ['/p/d/b']);
		const unwatched = disk(start);
		const watchFolder = (): never => {
			throw new Error('no room');
		};
		await treeOf({ ...unwatched.files, watchFolder }).open();
		assert.deepEqual(unwatched.lookedAt, ['/p/d', '/p/pipe', '/p/a', '/p/d/b']);
	});

	test('gives all that is there, also what it has not looked at, but nothing that it may not look at', async () => {
		const { looks, tree } = await open({ '/p': folder(), '/p/a': file(), '/p/closed': file(), '/p/link': link() });
		looks.delete('/p/closed');
		assert.deepEqual([...tree.paths()].sort(), ['/p', '/p/a', '/p/link']);
	});

	test('finds by looking again what nobody told', async () => {
		const { looks, tree } = await open({ '/p': folder(), '/p/a': file(), '/p/b': file(), '/p/c': file() });
		looks.set('/p/a', { ...file(), changed: openedAt + 1 });
		looks.delete('/p/b');
		const found = [
			{ path: '/p/a', isThere: true },
			{ path: '/p/b', isThere: false },
		];
		assert.deepEqual((await tree.rescan()).changes, found);
		assert.deepEqual((await tree.rescan()).changes, []);
		looks.set('/p/c', file(5));
		assert.deepEqual((await tree.rescan()).changes, [{ path: '/p/c', isThere: true }]);
	});

	test('takes what changed shortly before it was opened for changed, in case files are dated by a slower clock', async () => {
		const { looks, tree } = await open({ '/p': folder(), '/p/a': file(), '/p/b': file() });
		looks.set('/p/a', { ...file(), changed: openedAt - 1999 });
		looks.set('/p/b', { ...file(), changed: openedAt - 2001 });
		assert.deepEqual((await tree.rescan()).changes, [{ path: '/p/a', isThere: true }]);
	});

	test('notices a root that comes later', async () => {
		const { looks, tree, settle } = await open({});
		looks.set('/p', folder());
		looks.set('/p/a', file());
		assert.deepEqual(tree.checkRoots(), [{ path: '/p', isTold: false }]);
		assert.deepEqual(settle('/p'), ['+/p', '+/p/a']);
	});

	test('tells a root once more that was copied while it looked otherwise', async () => {
		const { looks, tree, settle } = await open({ '/p': folder() });
		const before = looks.get('/p') ?? folder();
		tree.saw('/p', before);
		assert.deepEqual(tree.checkRoots(), []);
		tree.saw('/p', { ...before, mode: 0o700 });
		const hints = tree.checkRoots();
		assert.deepEqual(hints, [{ path: '/p', isTold: true }]);
		assert.deepEqual(tree.checkRoots(), []);
		assert.deepEqual(settle('/p'), ['+/p']);
	});

	test('follows a single file through its folder', async () => {
		const { looks, settle, watched } = await open({ '/p/conf': file(), '/p/other': file() }, ['/p/conf']);
		assert.deepEqual([...watched], ['/p']);
		looks.set('/p/conf', file(7));
		assert.deepEqual(settle('/p/conf', '/p/other'), ['+/p/conf']);
	});
});
