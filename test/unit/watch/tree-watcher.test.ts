import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type TreeWatcher, watchTrees } from '../../../src/watch/tree-watcher.ts';
import { MemoryHost } from '../../support/memory-host.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

/** A watched tree, and what was told of it. */
async function watched(files: Partial<MemoryHost['files']> = {}) {
	const all = watch(new MemoryHost('/p'), files);
	await all.watcher.ready;
	return all;
}

function watch(host: MemoryHost, files: Partial<MemoryHost['files']>) {
	const told: string[] = [];
	const limits: string[] = [];
	let time = 0;
	const watcher: TreeWatcher = watchTrees({
		roots: ['/p'],
		ignoresTree: () => false,
		files: { ...host.files, ...files },
		now: () => time,
		onNews: ({ changes }) => told.push(...changes.map(({ path, isThere }) => `${isThere ? '+' : '-'}${path}`)),
		onLimit: (limit) => limits.push(limit),
		onClosed: (folder) => assert.fail(folder),
		onError: (error) => assert.fail(String(error)),
	});
	const pass = async (ms: number): Promise<void> => {
		for (let left = ms; left > 0; left -= 10) {
			time += 10;
			mock.timers.tick(10);
			await turn();
		}
	};
	return { host, told, limits, watcher, pass };
}

describe('watching trees', () => {
	test('tells what came close together at once, and a steady writer’s changes in time', async () => {
		const { host, told, watcher, pass } = await watched();
		host.put('/p/a', 'file', '1');
		host.put('/p/b', 'file', '1');
		host.tell(9);
		await pass(20);
		assert.deepEqual(told.splice(0), ['+/p/a', '+/p/b']);
		let longest = 0;
		for (let waited = 0; waited < 1000; waited += 5) {
			host.put('/p/a', 'file', String(waited));
			host.tell(9);
			await pass(5);
			longest = told.splice(0).length > 0 ? 0 : longest + 5;
			assert.ok(longest <= 320, `nothing was told for ${longest} ms`);
		}
		watcher.close();
	});

	test('after more hints than the system may have kept it looks at everything, though more hints come', async () => {
		const { host, told, watcher, pass } = await watched();
		host.put('/p/lost', 'file', '1');
		host.drop();
		for (let nth = 0; nth < 4001; nth += 1) host.put('/p/flood', 'file', String(nth));
		host.tell(9999);
		await pass(30);
		assert.deepEqual(told.splice(0), ['+/p/flood']);
		for (let nth = 0; nth < 4; nth += 1) {
			host.put('/p/more', 'file', String(nth));
			host.tell(9);
			await pass(80);
		}
		assert.ok(told.includes('+/p/lost'));
		watcher.close();
	});

	test('looks from time to time where the system lets it watch no more', async () => {
		const none = (): never => {
			throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
		};
		const { host, told, limits, watcher, pass } = await watched({ watchFolder: none });
		host.put('/p/a', 'file', '1');
		await pass(1100);
		assert.deepEqual(told, ['+/p/a']);
		assert.deepEqual(limits, ['max_user_watches']);
		watcher.close();
		host.put('/p/b', 'file', '1');
		await pass(1100);
		assert.deepEqual(told, ['+/p/a']);
	});

	test('tells nothing before all is listed, and then what changed meanwhile', async () => {
		const host = new MemoryHost('/p');
		for (const file of ['/p/old', '/p/kept']) host.put(file, 'file', '1');
		host.pass(60_000);
		const isListed = Promise.withResolvers<void>();
		const listLater = async (folder: string) => {
			const listing = host.files.list(folder);
			await isListed.promise;
			return listing;
		};
		const { told, watcher, pass } = watch(host, { listLater });
		host.put('/p/new', 'file', '1');
		host.remove('/p/old');
		host.tell(9);
		await pass(600);
		assert.deepEqual(told, []);
		isListed.resolve();
		await watcher.ready;
		await pass(20);
		assert.deepEqual(told, ['+/p/new', '-/p/old']);
		watcher.close();
	});

	test('watches nothing more after it was closed', async () => {
		const host = new MemoryHost('/p');
		host.put('/p/d/a', 'file', '1');
		const isListed = Promise.withResolvers<void>();
		const listing: string[] = [];
		const listLater = async (folder: string) => {
			listing.push(folder);
			await isListed.promise;
			return host.files.list(folder);
		};
		const { watcher } = watch(host, { listLater });
		watcher.close();
		isListed.resolve();
		await watcher.ready;
		assert.deepEqual(listing, ['/p']);
		assert.equal(watcher.tree.folderCount, 0);
	});

	test('tells what it was told before it was closed', async () => {
		const { host, told, watcher } = await watched();
		host.put('/p/a', 'file', '1');
		host.tell(9);
		watcher.close();
		assert.deepEqual(told, ['+/p/a']);
	});
});
