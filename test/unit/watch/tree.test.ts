import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostFiles, Look } from '../../../src/watch/host-files.ts';
import { Tree } from '../../../src/watch/tree.ts';

let inodes = 0;
const file = (size = 1): Look => ({ kind: 'file', size, modified: 1, mode: 0o644, inode: ++inodes, born: 1 });
const folder = (): Look => ({ ...file(0), kind: 'directory', mode: 0o755 });

/** A disk in memory. */
function disk(start: Readonly<Record<string, Look>>) {
	const looks = new Map(Object.entries(start));
	const watched = new Set<string>();
	const files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'list' | 'watchFolder'> = {
		look: (path) => looks.get(path),
		lookAtRoot: (root) => looks.get(root),
		list: (parent) =>
			[...looks.keys()].flatMap((path) => {
				const rest = path.startsWith(`${parent}/`) ? path.slice(parent.length + 1) : '';
				return rest === '' || rest.includes('/') ? [] : [rest];
			}),
		watchFolder(path) {
			watched.add(path);
			return { close: () => watched.delete(path) };
		},
	};
	return { looks, watched, files };
}

async function open(start: Readonly<Record<string, Look>>, roots: readonly string[] = ['/p']) {
	const host = disk(start);
	const tree = new Tree({
		roots,
		files: host.files,
		ignoresTree: (path) => path.endsWith('/skipped'),
		onHint: () => undefined,
		onUnwatched: () => undefined,
		breathe: () => undefined,
	});
	await tree.open();
	const news = (...paths: readonly string[]) => tree.settle(paths.map((path) => ({ path, isTold: true })));
	const settle = (...paths: readonly string[]) =>
		news(...paths).changes.map(({ path, isThere }) => `${isThere ? '+' : '-'}${path}`);
	return { ...host, tree, news, settle };
}

describe('a tree', () => {
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

	test('finds by looking again what nobody told', async () => {
		const { looks, tree } = await open({ '/p': folder(), '/p/a': file(), '/p/b': file() });
		looks.set('/p/a', file(5));
		looks.delete('/p/b');
		const { changes } = await tree.rescan();
		assert.deepEqual(changes, [
			{ path: '/p/a', isThere: true },
			{ path: '/p/b', isThere: false },
		]);
	});

	test('notices a root that comes later', async () => {
		const { looks, tree, settle } = await open({});
		looks.set('/p', folder());
		looks.set('/p/a', file());
		assert.deepEqual(tree.checkRoots(), [{ path: '/p', isTold: false }]);
		assert.deepEqual(settle('/p'), ['+/p', '+/p/a']);
	});

	test('follows a single file through its folder', async () => {
		const { looks, settle, watched } = await open({ '/p/conf': file(), '/p/other': file() }, ['/p/conf']);
		assert.deepEqual([...watched], ['/p']);
		looks.set('/p/conf', file(7));
		assert.deepEqual(settle('/p/conf', '/p/other'), ['+/p/conf']);
	});
});
