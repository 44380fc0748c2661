import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gpuLock, listLockVolumes, lockVolumeName, watchedProject, watchLock } from '../../../src/lock/lock-volume.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';

test('the lock on the watching of a project is no project’s, and says which one is watched', () => {
	assert.equal(watchedProject(watchLock('lab')), 'lab');
	for (const lock of ['lab', 'watch', gpuLock]) assert.equal(watchedProject(lock), undefined);
});

describe('the volumes of a lock', () => {
	test('are found by name, in the order of their numbers', async () => {
		const engine = createInMemoryEngine();
		for (const number of [10, 2, 1]) await engine.createVolume({ name: lockVolumeName('lab', number) }, {});
		assert.deepEqual(
			(await listLockVolumes(engine, 'lab')).map(({ number, volume }) => `${number} ${volume.name}`),
			['1 labc-lock-lab.1', '2 labc-lock-lab.2', '10 labc-lock-lab.10'],
		);
	});

	const others = [
		'labc-lock-lab.x',
		'labc-lock-lab.01',
		'labc-lock-lab.0',
		'labc-lock-lab.1.1',
		'labc-lock-lab.watch.1',
		'labc-lock-lab2.1',
		'labc-lock-lab_1',
		'other-labc-lock-lab.1',
	];
	for (const name of others) {
		test(`are not \`${name}\``, async () => {
			const engine = createInMemoryEngine();
			await engine.createVolume({ name }, {});
			assert.deepEqual(await listLockVolumes(engine, 'lab'), []);
		});
	}
});
