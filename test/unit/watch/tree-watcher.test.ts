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

function watch(
	host: MemoryHost,
	files: Partial<MemoryHost['files']>,
	onError: (error: unknown) => void = (error) => assert.fail(String(error)),
) {
	const told: string[] = [];
	const limits: string[] = [];
	const lookedAt: string[] = [];
	let time = 0;
	const watcher: TreeWatcher = watchTrees({
		roots: ['/p'],
		ignoresTree: () => false,
		files: {
			...host.files,
			look(file) {
				lookedAt.push(file);
				return host.files.look(file);
			},
			...files,
		},
		now: () => time,
		onNews: ({ changes }) => told.push(...changes.map(({ path, isThere }) => `${isThere ? '+' : '-'}${path}`)),
		onLimit: (limit) => limits.push(limit),
		onRoom: () => limits.push('room'),
		onClosed: (folder) => assert.fail(folder),
		onError,
	});
	const pass = async (ms: number): Promise<void> => {
		for (let left = ms; left > 0; left -= 10) {
			time += 10;
			mock.timers.tick(10);
			await turn();
		}
	};
	return { host, told, limits, lookedAt, watcher, pass };
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

	test('takes so many hints for too many as the system says that it keeps', async () => {
		for (const [kept, isFound] of [
			[400, true],
			[404, false],
		] as const) {
			const { host, told, watcher, pass } = await watched({ inotifyLimit: () => kept });
			host.put('/p/lost', 'file', '1');
			host.drop();
			for (let nth = 0; nth < 100; nth += 1) host.put('/p/many', 'file', String(nth));
			host.tell(9999);
			await pass(600);
			assert.equal(told.includes('+/p/lost'), isFound, `${kept}`);
			watcher.close();
		}
	});

	test('looks at everything where the system says that it has lost something, once for all folders', async () => {
		const { host, told, lookedAt, watcher, pass } = await watched();
		for (const file of ['/p/d/a', '/p/e/b']) host.put(file, 'file', '1');
		host.tell(9);
		await pass(100);
		told.length = 0;
		host.put('/p/d/a', 'file', '2');
		host.remove('/p/e');
		lookedAt.length = 0;
		host.lose();
		await pass(600);
		assert.deepEqual(told, ['-/p/e/b', '-/p/e', '+/p/d/a']);
		assert.equal(lookedAt.filter((each) => each === '/p/d/a').length, 1);
		watcher.close();
		host.lose();
		await pass(600);
		assert.equal(told.length, 3);
	});

	test('watches what it could not watch as soon as there is room, and then looks no more', async () => {
		let room = 1;
		const host = new MemoryHost('/p');
		for (const file of ['/p/d/a', '/p/e/a']) host.put(file, 'file', '1');
		let tries = 0;
		const watchFolder: MemoryHost['files']['watchFolder'] = (folder, onHint) => {
			tries += 1;
			if (room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
			room -= 1;
			return host.files.watchFolder(folder, onHint);
		};
		const { told, limits, lookedAt, watcher, pass } = watch(host, { watchFolder });
		await watcher.ready;
		tries = 0;
		await pass(1600);
		assert.deepEqual([limits, tries], [['max_user_watches'], 3], 'one try each time');
		room = 9;
		host.put('/p/e/a', 'file', '2');
		host.drop();
		await pass(600);
		assert.deepEqual(limits, ['max_user_watches', 'room']);
		assert.deepEqual(told.splice(0), ['+/p/e/a'], 'what changed before it was watched');
		lookedAt.length = 0;
		await pass(3000);
		assert.deepEqual(lookedAt, []);
		for (const file of ['/p/d/a', '/p/e/a']) host.put(file, 'file', '3');
		host.tell(9);
		await pass(50);
		assert.deepEqual(told.splice(0), ['+/p/d/a', '+/p/e/a']);
		room = 0;
		host.put('/p/new/a', 'file', '1');
		host.tell(9);
		await pass(600);
		assert.deepEqual(limits.slice(2), ['max_user_watches']);
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

	for (const [code, wanted] of [
		['EIO', ['EIO']],
		['ENOENT', []],
		['EACCES', []],
	] as const) {
		test(`tells ${wanted.length === 0 ? 'nothing' : 'the reason'} where a folder can’t be watched for ${code}`, async () => {
			const errors: unknown[] = [];
			const watchFolder = (): never => {
				throw Object.assign(new Error(code), { code });
			};
			const host = new MemoryHost('/p');
			const { watcher, limits, pass } = watch(host, { watchFolder }, (error) => errors.push(error));
			await watcher.ready;
			await pass(2000);
			assert.deepEqual(
				errors.map((error) => error instanceof Error && error.message),
				wanted,
			);
			assert.deepEqual(limits, []);
			watcher.close();
		});
	}

	test('tells what it was told before it was closed', async () => {
		const { host, told, watcher } = await watched();
		host.put('/p/a', 'file', '1');
		host.tell(9);
		watcher.close();
		assert.deepEqual(told, ['+/p/a']);
	});
});
