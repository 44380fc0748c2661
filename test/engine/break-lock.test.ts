import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { locksOn, type WithLock } from '../../src/lock/hold-lock.ts';
import { lockVolumeName } from '../../src/lock/lock-volume.ts';
import { ownerLabels } from '../../src/lock/owner.ts';
import { realProcesses, thisProcess } from '../../src/lock/this-process.ts';
import { type Told, until } from '../support/run-tools.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';

/** Commands with `--break-lock` that know nothing of each other's processes, as on machines of their own. */
async function breakers(count: number) {
	const engine = await connectTestEngine();
	const lock = `labct-${randomBytes(4).toString('hex')}`;
	const told: Told[] = [];
	const waiting = { emit: (event: Told) => void told.push(event), signal: new AbortController().signal, waits: true };
	const elsewhere = (at: number) => ({ ...thisProcess(), namespace: `another ${at}` });
	return {
		lock,
		told,
		commands: Array.from({ length: count }, (_, at): WithLock => {
			const processes = { ...realProcesses, self: () => elsewhere(at) };
			return locksOn({ engine, ...waiting, breaksUnknown: true, processes });
		}),
		/** The lock of a process of which nobody knows whether it lives. */
		leaveLock: (number: number) =>
			engine.createVolume({ name: lockVolumeName(lock, number) }, ownerLabels(elsewhere(count))),
		volumes: () => engine.listVolumes({ namePrefix: lockVolumeName(lock, 1).slice(0, -1) }),
	};
}

const isMissing = await whyNoTestEngine();

describe('on an engine, a lock that can’t be judged', { skip: isMissing ?? false }, () => {
	test('is broken by many at once, of whom one at a time has it', async () => {
		for (let round = 1; round <= 3; round += 1) {
			const { lock, commands, leaveLock, volumes } = await breakers(8);
			await leaveLock(round);
			let [inside, most, served] = [0, 0, 0];
			const work = async (): Promise<void> => {
				inside += 1;
				most = Math.max(most, inside);
				await volumes();
				inside -= 1;
				served += 1;
			};
			await Promise.all(commands.map((withLock) => withLock(lock, work)));
			assert.deepEqual([most, served, await volumes()], [1, 8, []]);
		}
	});

	test('is not broken where it is of one that breaks as well and has just begun: it is waited for', async () => {
		const { lock, commands, told, leaveLock, volumes } = await breakers(2);
		const [first, second] = commands;
		assert.ok(first !== undefined && second !== undefined);
		await leaveLock(1);
		const order: string[] = [];
		let waiting: Promise<unknown> | undefined;
		await first(lock, async () => {
			waiting = second(lock, async () => order.push('second'));
			await Promise.race([until(() => told.length > 0), waiting]);
			order.push('first');
		});
		await waiting;
		assert.deepEqual([order, await volumes()], [['first', 'second'], []]);
		assert.match(JSON.stringify(told), /is for locks from well before it/);
	});
});
