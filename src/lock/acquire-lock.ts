import type { Engine } from '../engine/engine.ts';
import { unixSeconds } from '../engine/unix-seconds.ts';
import type { VolumeApi } from '../engine/volume-api.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Emit } from '../events/event.ts';
import { breakerLabels, lockIdentity } from './find-broken.ts';
import { judgeOwner } from './judge-owner.ts';
import { type Blocker, lockHeld, tellWaiting } from './lock-messages.ts';
import { type LockVolume, listLockVolumes, lockVolumeName, prefixOf } from './lock-volume.ts';
import { type Owner, ownerLabels, readOwner } from './owner.ts';
import { afterCreate, afterPause, afterSurvey, firstMove, type Move, type SeenLock } from './protocol.ts';
import { removeOwn, removeQuietly } from './remove-own.ts';
import { type Processes, realProcesses } from './this-process.ts';

export interface LockTools {
	readonly engine: VolumeApi & Pick<Engine, 'machine'>;
	readonly emit: Emit;
	/** Ends the waiting. */
	readonly signal: AbortSignal;
	/** Without it a lock that somebody holds is `LOCK_HELD`. */
	readonly waits: boolean;
	/** Passes over owners of whom nobody here can tell whether they live, where their locks were there at the first look. */
	readonly breaksUnknown: boolean;
	/** Simulations have processes of their own. */
	readonly processes?: Processes;
}

export interface AcquiredLock {
	readonly name: string;
	readonly number: number;
	readonly owner: Owner;
}

/**
 * Goes through the protocol until this process holds the lock. What it made is removed again where it fails. The locks
 * in `broken` count as those of the dead where their owners can't be judged.
 */
export async function acquireLock(name: string, tools: LockTools, broken: ReadonlySet<string>): Promise<AcquiredLock> {
	const { processes = realProcesses } = tools;
	const attempt: Attempt = { name, tools, broken, processes, owner: processes.self(), seen: new Map(), pauses: 0 };
	try {
		let move = firstMove;
		while (move.do !== 'hold') {
			if (tools.signal.aborted) throw new LabcError('INTERRUPTED', 'interrupted while waiting for the lock');
			move = await make(move, attempt);
		}
		await Promise.all(move.dead.map((number) => removeQuietly(lockVolumeName(name, number), tools.engine)));
		return { name, number: move.own, owner: attempt.owner };
	} catch (error) {
		await removeOwn(prefixOf(name), attempt.owner, tools.engine);
		throw error;
	}
}

interface Attempt {
	readonly name: string;
	readonly tools: LockTools;
	readonly broken: ReadonlySet<string>;
	readonly processes: Processes;
	readonly owner: Owner;
	/** Who was seen to own each number, and since when, for messages. */
	readonly seen: Map<number, Pick<Blocker, 'owner' | 'since'>>;
	pauses: number;
}

async function make(move: Exclude<Move, { do: 'hold' }>, attempt: Attempt): Promise<Move> {
	const { name, owner, tools } = attempt;
	switch (move.do) {
		case 'create': {
			const labels = { 'labc.lock': name, ...(tools.breaksUnknown && breakerLabels), ...ownerLabels(owner) };
			const volume = await tools.engine.createVolume({ name: lockVolumeName(name, move.number) }, labels);
			return afterCreate(see({ number: move.number, volume }, attempt));
		}
		case 'survey': {
			const volumes = await listLockVolumes(tools.engine, name);
			return afterSurvey(
				move.own,
				volumes.map((volume) => see(volume, attempt)),
			);
		}
		case 'withdraw':
			await removeQuietly(lockVolumeName(name, move.own), tools.engine);
			await pause(attempt);
			return afterPause();
		case 'pause':
			if (move.blocker !== undefined) waitFor(move.blocker, attempt);
			await pause(attempt);
			return afterPause();
	}
}

function see({ number, volume }: LockVolume, { owner: own, seen, broken, processes }: Attempt): SeenLock {
	const owner = readOwner(volume.labels);
	seen.set(number, { owner, since: unixSeconds(volume.settings?.['CreatedAt']) });
	if (owner?.token === own.token) return { number, verdict: 'own' };
	const liveness = judgeOwner(owner, own, processes.probe);
	return { number, verdict: liveness === 'unknown' && broken.has(lockIdentity(volume)) ? 'dead' : liveness };
}

/** Two who meet while both step back are no news; somebody who holds the lock for longer is. */
const toldAfterPauses = 6;

function waitFor({ number, verdict }: SeenLock, { name, tools, seen, pauses }: Attempt): void {
	const { owner, since } = seen.get(number) ?? {};
	const blocker = { owner, since, isProven: verdict === 'alive', isSpared: tools.breaksUnknown };
	if (!tools.waits) throw lockHeld(name, blocker);
	if (pauses === toldAfterPauses) tellWaiting(name, blocker, tools.emit);
}

const shortestPauseMs = 30;
const longestPauseMs = 600;

/** Random, so that two who met do not meet again, and longer from time to time: the engine has better to do. */
async function pause(attempt: Attempt): Promise<void> {
	const { signal } = attempt.tools;
	const most = Math.min(longestPauseMs, shortestPauseMs * 1.5 ** attempt.pauses);
	attempt.pauses += 1;
	if (signal.aborted) return;
	const over = Promise.withResolvers<void>();
	const timer = setTimeout(over.resolve, most * (0.5 + Math.random() / 2));
	signal.addEventListener('abort', () => over.resolve(), { once: true });
	await over.promise;
	clearTimeout(timer);
}
