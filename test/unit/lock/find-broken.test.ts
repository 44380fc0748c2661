import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Labels } from '../../../src/engine/labels.ts';
import { breakerLabels, findBroken, lockIdentity } from '../../../src/lock/find-broken.ts';
import { lockVolumeName } from '../../../src/lock/lock-volume.ts';
import { ownerLabels } from '../../../src/lock/owner.ts';
import { thisProcess } from '../../../src/lock/this-process.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';

const owned = (token: string): Labels => ownerLabels({ ...thisProcess(), token });

/** When this process began, by an engine whose clock goes wrong. */
const began = 1_500_000_000 - Math.floor(performance.now() / 1000);
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

const cases: readonly {
	readonly when: string;
	readonly labels: Labels;
	readonly created?: string;
	readonly time?: number | undefined;
	readonly is: readonly string[];
}[] = [
	{ when: 'of a command that breaks nothing', labels: owned('t-1'), is: ['t-1'] },
	{ when: 'that tells no owner', labels: {}, is: ['labc-lock-lab.1'] },
	{
		when: 'of a command that breaks too, and began long before',
		labels: { ...owned('t-1'), ...breakerLabels },
		created: at(began - 60),
		is: ['t-1'],
	},
	{
		when: 'of a command that breaks too, and began at about the same time',
		labels: { ...owned('t-1'), ...breakerLabels },
		created: at(began - 5),
		is: [],
	},
	{
		when: 'of a command that breaks too, and began later',
		labels: { ...owned('t-1'), ...breakerLabels },
		created: at(began + 60),
		is: [],
	},
	{
		when: 'of a command that breaks too, of which the engine does not tell how old it is',
		labels: { ...owned('t-1'), ...breakerLabels },
		created: '',
		is: [],
	},
	{
		when: 'of a command that breaks too, on an engine that tells no time',
		labels: { ...owned('t-1'), ...breakerLabels },
		created: at(began - 60),
		time: undefined,
		is: [],
	},
];

describe('what `--break-lock` is for: a lock', () => {
	for (const { when, labels, created = at(began), is, ...given } of cases) {
		test(`${when}: ${is.length === 0 ? 'no' : 'yes'}`, async () => {
			const memory = createInMemoryEngine();
			await memory.createVolume({ name: lockVolumeName('lab', 1) }, labels);
			const listed = (await memory.listVolumes({})).map((volume) => ({ ...volume, settings: { CreatedAt: created } }));
			const time = 'time' in given ? given.time : 1_500_000_000;
			const engine = { listVolumes: async () => listed, machine: async () => ({ ...(await memory.machine()), time }) };
			assert.deepEqual([...(await findBroken('lab', engine))], is);
		});
	}

	test('and the engine is asked for the time by nobody who meets no other that breaks', async () => {
		const engine = createInMemoryEngine();
		await engine.createVolume({ name: lockVolumeName('lab', 1) }, owned('t-1'));
		await findBroken('lab', engine);
		assert.ok(!engine.calls.includes('machine'));
	});

	test('has its owner’s token for an identity: another one under its name is another one', () => {
		const name = lockVolumeName('lab', 1);
		assert.notEqual(lockIdentity({ name, labels: owned('t-1') }), lockIdentity({ name, labels: owned('t-2') }));
		assert.notEqual(lockIdentity({ name, labels: owned('t-1') }), lockIdentity({ name, labels: {} }));
	});
});
