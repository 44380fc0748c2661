import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { followFiles } from '../../../src/use-cases/follow-project-files.ts';

/** Files whose changes the test tells; notes which ones are followed. `now`: what differs from when they were read. */
function fakeFiles(paths: readonly string[], now: Readonly<Record<string, string>> = {}) {
	const log: string[] = [];
	let change: (file: string) => void = () => assert.fail('nothing is followed');
	return {
		log,
		change: (file: string) => change(file),
		source: {
			files: marks(...paths),
			mark: (file: string) => now[file] ?? 'as read',
			load: () => assert.fail('who follows does not load'),
			async watch(followed: readonly string[], onChange: (file: string) => void) {
				log.push(`follow ${followed.join(' ')}`);
				change = onChange;
				return { close: async () => void log.push('close') };
			},
		},
	};
}

const marks = (...paths: readonly string[]) => new Map(paths.map((each) => [each, 'as read']));

describe('the project’s files are followed', () => {
	test('one change after the other, and those in between as one', async () => {
		const over = new AbortController();
		const { source, change, log } = fakeFiles(['a']);
		const seen: string[] = [];
		const busy = Promise.withResolvers<void>();
		const following = followFiles(source, over.signal, async ({ file, files }) => {
			seen.push(file);
			if (seen.length === 1) await busy.promise;
			return files;
		});
		await turn();
		change('one');
		await turn();
		change('two');
		change('three');
		await turn();
		assert.deepEqual(seen, ['one']);
		busy.resolve();
		await turn();
		assert.deepEqual(seen, ['one', 'two']);
		over.abort();
		await following;
		assert.deepEqual(log, ['follow a', 'close']);
	});

	test('and so are those that a change brought', async () => {
		const over = new AbortController();
		const { source, change, log } = fakeFiles(['a']);
		const following = followFiles(source, over.signal, async () => marks('a', 'b'));
		await turn();
		change('a');
		await turn();
		await turn();
		over.abort();
		await following;
		assert.deepEqual(log, ['follow a', 'follow a b', 'close', 'close']);
	});

	test('from when they were read: one that changed before anybody listened is told, once', async () => {
		const over = new AbortController();
		const { source, log } = fakeFiles(['a', 'b'], { b: 'another' });
		const seen: string[] = [];
		const following = followFiles(source, over.signal, async ({ file, files }) => {
			seen.push(file);
			return files;
		});
		await turn();
		await turn();
		over.abort();
		await following;
		assert.deepEqual([seen, log], [['b'], ['follow a b', 'close']]);
	});

	test('from when they were read also where a change brought them', async () => {
		const over = new AbortController();
		const { source, change } = fakeFiles(['a'], { b: 'another' });
		const seen: string[] = [];
		const following = followFiles(source, over.signal, async ({ file }) => {
			seen.push(file);
			return seen.length === 1 ? marks('a', 'b') : new Map([...marks('a'), ['b', 'another']]);
		});
		await turn();
		change('a');
		for (let turns = 0; turns < 4; turns += 1) await turn();
		over.abort();
		await following;
		assert.deepEqual(seen, ['a', 'b']);
	});

	test('not at all where watching has ended already', async () => {
		const { source, log } = fakeFiles(['a']);
		await followFiles(source, AbortSignal.abort(), () => assert.fail('called'));
		assert.deepEqual(log, ['follow a', 'close']);
	});
});

describe('a file of which nobody tells', () => {
	test('is found by looking, once it stays as it is, and is not found again after it was read', async (t) => {
		t.mock.timers.enable({ apis: ['setInterval'] });
		const over = new AbortController();
		const now: Record<string, string> = {};
		const { source } = fakeFiles(['a', 'new/b'], now);
		const seen: string[] = [];
		const following = followFiles(source, over.signal, async ({ file, files, mark }) => {
			seen.push(file);
			return new Map([...files.keys()].map((each) => [each, mark(each)]));
		});
		const look = async (): Promise<void> => {
			t.mock.timers.tick(1000);
			await turn();
		};
		await turn();
		await look();
		now['new/b'] = 'begun';
		await look();
		now['new/b'] = 'written';
		await look();
		assert.deepEqual(seen, []);
		await look();
		assert.deepEqual(seen, ['new/b']);
		await look();
		await look();
		assert.deepEqual(seen, ['new/b']);
		over.abort();
		await following;
	});

	test('waits while an earlier change is taken', async (t) => {
		t.mock.timers.enable({ apis: ['setInterval'] });
		const over = new AbortController();
		const now: Record<string, string> = {};
		const { source, change } = fakeFiles(['a'], now);
		const busy = Promise.withResolvers<void>();
		let count = 0;
		const following = followFiles(source, over.signal, async ({ mark }) => {
			count += 1;
			await busy.promise;
			return new Map([['a', mark('a')]]);
		});
		await turn();
		now['a'] = 'another';
		change('a');
		await turn();
		for (let looks = 0; looks < 3; looks += 1) t.mock.timers.tick(1000);
		busy.resolve();
		await turn();
		await turn();
		assert.equal(count, 1);
		over.abort();
		await following;
	});
});
