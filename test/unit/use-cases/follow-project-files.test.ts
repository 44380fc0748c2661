import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { followFiles } from '../../../src/use-cases/follow-project-files.ts';

/** Files whose changes the test tells; notes which ones are followed. */
function fakeFiles(files: readonly string[]) {
	const log: string[] = [];
	let change: (file: string) => void = () => assert.fail('nothing is followed');
	return {
		log,
		change: (file: string) => change(file),
		source: {
			files,
			load: () => assert.fail('who follows does not load'),
			async watch(followed: readonly string[], onChange: (file: string) => void) {
				log.push(`follow ${followed.join(' ')}`);
				change = onChange;
				return { close: async () => void log.push('close') };
			},
		},
	};
}

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
		const following = followFiles(source, over.signal, async () => ['a', 'b']);
		await turn();
		change('a');
		await turn();
		await turn();
		over.abort();
		await following;
		assert.deepEqual(log, ['follow a', 'follow a b', 'close', 'close']);
	});

	test('not at all where watching has ended already', async () => {
		const { source, log } = fakeFiles(['a']);
		await followFiles(source, AbortSignal.abort(), () => assert.fail('called'));
		assert.deepEqual(log, ['follow a', 'close']);
	});
});
