import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { LockTools } from '../../../src/lock/acquire-lock.ts';
import { locksOn } from '../../../src/lock/hold-lock.ts';
import { lockVolumeName, watchLock } from '../../../src/lock/lock-volume.ts';
import { type Owner, ownerLabels } from '../../../src/lock/owner.ts';
import { realProcesses, thisProcess } from '../../../src/lock/this-process.ts';
import { createInMemoryEngine, type InMemoryEngine } from '../../support/in-memory-engine.ts';
import { type Told, until } from '../../support/run-tools.ts';

interface LockBench extends LockTools {
	readonly engine: InMemoryEngine;
	readonly told: readonly Told[];
	readonly interrupt: AbortController;
	volumes(): readonly string[];
	/** A volume of the lock as `owner` made it; nobody known where none is given. */
	occupy(number: number, owner?: Partial<Owner>): Promise<void>;
}

function lockBench(given: Partial<Pick<LockTools, 'waits' | 'breaksUnknown'>> = {}): LockBench {
	const engine = createInMemoryEngine();
	const told: Told[] = [];
	const interrupt = new AbortController();
	return {
		engine,
		told,
		interrupt,
		emit: (event) => told.push(event),
		signal: interrupt.signal,
		waits: true,
		breaksUnknown: false,
		...given,
		volumes: () => [...engine.world.volumes.keys()].sort(),
		async occupy(number, owner) {
			const labels = owner === undefined ? {} : ownerLabels({ ...thisProcess(), ...owner });
			await engine.createVolume({ name: lockVolumeName('lab', number) }, labels);
		},
	};
}

const dead: Partial<Owner> = { started: '1' };
const elsewhere: Partial<Owner> = { boot: 'another', machine: 'another', host: 'other-box', user: 'ben', pid: 7 };

describe('a lock', () => {
	test('is there while the work runs and gone after it', async () => {
		const bench = lockBench();
		const during = await locksOn(bench)('lab', async () => bench.volumes());
		assert.deepEqual(during, ['labc-lock-lab.1']);
		assert.deepEqual(bench.volumes(), []);
	});

	test('costs four calls where nobody else wants it', async () => {
		const bench = lockBench();
		await locksOn(bench)('lab', async () => undefined);
		assert.deepEqual(bench.engine.calls, [
			'createVolume',
			'listVolumes',
			'listVolumes',
			'removeVolume labc-lock-lab.1',
		]);
	});

	test('carries no label by which a project’s volumes are found', async () => {
		const bench = lockBench();
		const labels = await locksOn(bench)('lab', async () => bench.engine.world.volumes.get('labc-lock-lab.1')?.labels);
		assert.equal(labels?.['labc.lock'], 'lab');
		assert.ok(Object.keys(labels ?? {}).every((name) => name.startsWith('labc.')));
	});

	test('goes when the work fails, and the failure is what comes of it', async () => {
		const bench = lockBench();
		await assert.rejects(
			locksOn(bench)('lab', async () => {
				throw new Error('the work failed');
			}),
			/the work failed/,
		);
		assert.deepEqual(bench.volumes(), []);
	});

	test('that can’t be removed any more does not turn done work into a failure', async () => {
		const bench = lockBench();
		const engine = {
			...bench.engine,
			async removeVolume() {
				throw new LabcError('ENGINE_UNREACHABLE', 'the connection broke off');
			},
		};
		assert.equal(await locksOn({ ...bench, engine })('lab', async () => 'done'), 'done');
	});

	test('that is let go while the connection breaks off is let go over the next one', async () => {
		const bench = lockBench();
		let broken = 0;
		const engine = {
			...bench.engine,
			async removeVolume(name: string) {
				broken += 1;
				if (broken === 1) throw new LabcError('ENGINE_UNREACHABLE', 'the connection broke off');
				await bench.engine.removeVolume(name);
			},
		};
		await locksOn({ ...bench, engine })('lab', async () => undefined);
		assert.deepEqual(bench.volumes(), []);
	});

	test('of one name does not stand in the way of another', async () => {
		const bench = lockBench();
		const withLock = locksOn(bench);
		await withLock('lab', () => withLock('engine.gpus', async () => undefined));
		assert.deepEqual(bench.volumes(), []);
	});

	test('has one holder at a time, and all who want it get it', async () => {
		const bench = lockBench();
		let [inside, most, served] = [0, 0, 0];
		const work = async (): Promise<void> => {
			inside += 1;
			most = Math.max(most, inside);
			await new Promise((resolve) => setTimeout(resolve, 1));
			inside -= 1;
			served += 1;
		};
		await Promise.all(Array.from({ length: 8 }, () => locksOn(bench)('lab', work)));
		assert.deepEqual([most, served, bench.volumes()], [1, 8, []]);
	});

	test('of dead owners is passed over, then swept', async () => {
		const bench = lockBench();
		await bench.occupy(1, dead);
		await bench.occupy(2, dead);
		const during = await locksOn(bench)('lab', async () => bench.volumes());
		assert.deepEqual(during, ['labc-lock-lab.3']);
		assert.deepEqual(bench.told, []);
	});
});

describe('a lock that somebody else holds', () => {
	test('is waited for, which is told with the owner’s name', async () => {
		const bench = lockBench();
		await bench.occupy(1, elsewhere);
		const waiting = locksOn(bench)('lab', async () => 'mine');
		await until(() => bench.told.length > 0);
		assert.deepEqual(bench.told, [
			{
				type: 'warning',
				message: 'user ben (process 7 on other-box) is changing project `lab`: waiting for its end',
				hint: 'It can’t be told from here whether that process still lives: if it does not, give `--break-lock`.',
			},
		]);
		bench.engine.world.volumes.delete('labc-lock-lab.1');
		assert.equal(await waiting, 'mine');
	});

	test('with `--no-wait` ends the command with 75 and the owner’s name', async () => {
		const bench = lockBench({ waits: false });
		await bench.occupy(1, {});
		await assert.rejects(
			locksOn(bench)('lab', async () => assert.fail()),
			({ code, message, hint }: LabcError) => {
				assert.equal(code, 'LOCK_HELD');
				assert.equal(
					message,
					`user ${thisProcess().user} (process ${process.pid} on ${thisProcess().host}) is changing project \`lab\``,
				);
				assert.match(hint ?? '', /Leave out `--no-wait`/);
				return true;
			},
		);
		assert.deepEqual(bench.volumes(), ['labc-lock-lab.1']);
	});

	test('is not waited for by who says so, whatever the command was given', async () => {
		const bench = lockBench();
		await bench.occupy(1, {});
		await assert.rejects(
			locksOn(bench)('lab', async () => assert.fail(), { waits: false }),
			{ code: 'LOCK_HELD' },
		);
	});

	test('on watching is told with the time since which it is held', async () => {
		const bench = lockBench();
		await bench.engine.createVolume({ name: lockVolumeName(watchLock('lab'), 1) }, ownerLabels(thisProcess()));
		const listed = (await bench.engine.listVolumes({})).map((volume) => ({
			...volume,
			settings: { CreatedAt: '2026-11-22T14:02:03Z' },
		}));
		const engine = { ...bench.engine, createVolume: async () => listed[0] ?? assert.fail() };
		await assert.rejects(
			locksOn({ ...bench, engine })(watchLock('lab'), async () => assert.fail(), { waits: false }),
			{ message: /is watching project `lab` since 2026-11-22 14:02 UTC$/ },
		);
	});

	test('and can’t be judged gives way to `--break-lock`', async () => {
		const bench = lockBench({ breaksUnknown: true });
		await bench.occupy(1);
		await bench.occupy(2, elsewhere);
		assert.deepEqual(await locksOn(bench)('lab', async () => bench.volumes()), ['labc-lock-lab.3']);
	});

	test('and is broken by many at once gives way to one after the other', async () => {
		const bench = lockBench({ breaksUnknown: true });
		await bench.occupy(1, elsewhere);
		let [inside, most, served] = [0, 0, 0];
		const commands = Array.from({ length: 6 }, (_, at) => {
			const processes = { ...realProcesses, self: () => ({ ...thisProcess(), namespace: `another ${at}` }) };
			return locksOn({ ...bench, processes })('lab', async () => {
				inside += 1;
				most = Math.max(most, inside);
				await new Promise((resolve) => setTimeout(resolve, 5));
				inside -= 1;
				served += 1;
			});
		});
		await Promise.all(commands);
		assert.deepEqual([most, served, bench.volumes()], [1, 6, []]);
	});

	test('and came after the first look of a command that breaks is not for it', async () => {
		const bench = lockBench({ breaksUnknown: true });
		const withLock = locksOn(bench);
		await withLock('lab', async () => undefined);
		await bench.occupy(1, elsewhere);
		const waiting = withLock('lab', async () => assert.fail());
		await until(() => bench.told.length > 0);
		bench.interrupt.abort();
		await assert.rejects(waiting, { code: 'INTERRUPTED' });
		assert.match(JSON.stringify(bench.told), /is for locks from well before it/);
	});

	test('and lives gives way to nothing', async () => {
		const bench = lockBench({ breaksUnknown: true, waits: false });
		await bench.occupy(1, {});
		await assert.rejects(
			locksOn(bench)('lab', async () => assert.fail()),
			{ code: 'LOCK_HELD' },
		);
	});

	test('is not waited for any longer after Ctrl-C', async () => {
		const bench = lockBench();
		await bench.occupy(1, elsewhere);
		const waiting = locksOn(bench)('lab', async () => assert.fail());
		setTimeout(() => bench.interrupt.abort(), 20);
		await assert.rejects(waiting, { code: 'INTERRUPTED' });
		assert.deepEqual(bench.volumes(), ['labc-lock-lab.1']);
	});

	test('came while this one was just made, so this one is taken back', async () => {
		const bench = lockBench();
		let surveys = 0;
		const engine: InMemoryEngine = {
			...bench.engine,
			async listVolumes(filter) {
				surveys += 1;
				if (surveys === 1) await bench.occupy(2, {});
				if (surveys === 2) bench.engine.world.volumes.delete('labc-lock-lab.2');
				return bench.engine.listVolumes(filter);
			},
		};
		await locksOn({ ...bench, engine })('lab', async () => undefined);
		assert.deepEqual(
			bench.engine.calls.filter((call) => call !== 'listVolumes'),
			['createVolume', 'createVolume', 'removeVolume labc-lock-lab.1', 'createVolume', 'removeVolume labc-lock-lab.1'],
		);
	});
});

describe('a lock that was removed under its holder', () => {
	test('is told before something is destroyed', async () => {
		const bench = lockBench();
		await assert.rejects(
			locksOn(bench)('lab', async (held) => {
				await held.confirm();
				bench.engine.world.volumes.clear();
				await held.confirm();
			}),
			{ code: 'LOCK_LOST', message: /project `lab`/ },
		);
	});

	test('stays with the one who has it now', async () => {
		const bench = lockBench();
		await assert.rejects(
			locksOn(bench)('lab', async (held) => {
				bench.engine.world.volumes.clear();
				await bench.occupy(1, elsewhere);
				await held.confirm();
			}),
			{ code: 'LOCK_LOST' },
		);
		assert.deepEqual(bench.volumes(), ['labc-lock-lab.1']);
	});

	test('is looked for once by all who ask at the same moment, and again by the next', async () => {
		const bench = lockBench();
		const looks = await locksOn(bench)('lab', async (held) => {
			const before = bench.engine.calls.length;
			await Promise.all([held.confirm(), held.confirm(), held.confirm()]);
			await held.confirm();
			return bench.engine.calls.length - before;
		});
		assert.equal(looks, 2);
	});
});
