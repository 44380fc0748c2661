import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { compileRule } from '../../../src/watch/rules.ts';
import { watchGroups } from '../../../src/watch/watch-groups.ts';
import { MemoryHost } from '../../support/memory-host.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

const ruleAt = (path: string, index: number) =>
	compileRule({
		service: 'app',
		index,
		declared: { path, action: 'sync', target: `/${index}` },
		ignoreFile: undefined,
	});

/** Two rules, one below the other; what each is told, in the order of the telling. */
async function watched() {
	const host = new MemoryHost('/');
	host.put('/elsewhere/behind', 'file', '1');
	host.put('/p/data/before', 'file', '1');
	const told: string[] = [];
	const watches = watchGroups({
		rules: ['/p', '/p/data'].map(ruleAt),
		files: host.files,
		emit: (event) => assert.fail(JSON.stringify(event)),
		limits: { reached: () => undefined, passed: () => undefined, left: () => undefined, check: () => undefined },
		now: () => host.now(),
		onNews({ news, rules }) {
			for (const { path } of news.changes)
				for (const rule of rules) if (rule.covers(path)) told.push(`${rule.root}: ${path}`);
		},
	});
	await Promise.all(watches.first.map(({ watcher }) => watcher.ready));
	return {
		host,
		watches,
		/** What came of it, once it is known. */
		async after(act: () => void): Promise<readonly string[]> {
			told.length = 0;
			act();
			host.tell(Number.POSITIVE_INFINITY);
			for (let step = 0; step < 150; step += 1) {
				host.pass(10);
				mock.timers.tick(10);
				await turn();
			}
			return [...told].sort();
		},
	};
}

describe('a folder with a rule of its own, below another rule', () => {
	test('is followed to where a link leads that took its place, and is followed when it is a folder again', async () => {
		const { host, watches, after } = await watched();
		assert.equal(watches.trees().length, 1);
		const linked = await after(() => {
			host.remove('/p/data');
			host.put('/p/data', 'symlink', '/elsewhere');
		});
		assert.ok(linked.includes('/p/data: /p/data/before') && linked.includes('/p: /p/data'), linked.join('; '));
		assert.ok(linked.includes('/p/data: /p/data/behind'), linked.join('; '));
		assert.ok(!linked.includes('/p: /p/data/behind'), linked.join('; '));
		assert.deepEqual(await after(() => host.put('/elsewhere/later', 'file', '1')), ['/p/data: /p/data/later']);
		const folder = await after(() => {
			host.remove('/p/data');
			host.put('/p/data/own', 'file', '1');
		});
		for (const root of ['/p', '/p/data']) assert.ok(folder.includes(`${root}: /p/data/own`), folder.join('; '));
		const both = ['/p/data: /p/data/more', '/p: /p/data/more'];
		assert.deepEqual(await after(() => host.put('/p/data/more', 'file', '1')), both);
		watches.close();
	});

	test('that comes back as a folder needs no watch of its own', async () => {
		const { host, watches, after } = await watched();
		await after(() => host.remove('/p/data'));
		const back = await after(() => host.put('/p/data/again', 'file', '1'));
		for (const root of ['/p', '/p/data']) assert.ok(back.includes(`${root}: /p/data/again`), back.join('; '));
		assert.equal(watches.trees().length, 1);
		watches.close();
	});

	test('is watched apart no more once the watch is closed', async () => {
		const { host, watches, after } = await watched();
		await after(() => {
			host.remove('/p/data');
			host.put('/p/data', 'symlink', '/elsewhere');
			host.tell(Number.POSITIVE_INFINITY);
			watches.close();
		});
		assert.equal(watches.trees().length, 1);
		assert.deepEqual(await after(() => host.put('/elsewhere/later', 'file', '1')), []);
	});
});
