import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withProjectLock } from '../../../src/use-cases/with-project-lock.ts';
import { bench } from '../../support/run-tools.ts';

describe('withProjectLock', () => {
	test('gives what the work gives, under the lock of the project', async () => {
		const tools = bench();
		assert.equal(await withProjectLock('lab', tools, async () => 42), 42);
		assert.deepEqual(tools.locks, ['lab']);
	});

	test('has the lock looked for before something is removed', async () => {
		const tools = bench();
		let looks = 0;
		const confirm = async () => {
			looks += 1;
		};
		await withProjectLock('lab', { ...tools, withLock: (_, work) => work({ confirm }) }, async (locked) =>
			locked.beforeRemoval?.(),
		);
		assert.equal(looks, 1);
	});

	test('is no obstacle to itself, and takes other locks beside it', async () => {
		const tools = bench();
		await withProjectLock('lab', tools, (locked) =>
			withProjectLock('lab', locked, (again) => withProjectLock('other', again, async () => undefined)),
		);
		assert.deepEqual(tools.locks, ['lab', 'other']);
	});
});
