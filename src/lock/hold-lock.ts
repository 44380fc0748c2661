import { type AcquiredLock, acquireLock, type LockTools } from './acquire-lock.ts';
import { findBroken } from './find-broken.ts';
import { lockLost } from './lock-messages.ts';
import { listLockVolumes, prefixOf } from './lock-volume.ts';
import { readOwner } from './owner.ts';
import { removeOwn } from './remove-own.ts';

/** Takes the lock called `name`, runs `work`, and lets the lock go however the work ends. */
export type WithLock = <T>(
	name: string,
	work: (held: HeldLock) => Promise<T>,
	/** Whether a lock that somebody holds is waited for; as the tools say where it is left out. */
	options?: Partial<Pick<LockTools, 'waits'>>,
) => Promise<T>;

interface HeldLock {
	/** Throws `LOCK_LOST` where somebody has removed the lock meanwhile; asked before something is destroyed. */
	confirm(): Promise<void>;
}

/** Locks on the engine that `tools` names, for processes anywhere that use it. What they break is found once for each. */
export function locksOn(tools: LockTools): WithLock {
	const looked = new Map<string, ReadonlySet<string>>();
	return async (name, work, options) => {
		const broken = looked.get(name) ?? (tools.breaksUnknown ? await findBroken(name, tools.engine) : none);
		looked.set(name, broken);
		const lock = await acquireLock(name, { ...tools, ...options }, broken);
		try {
			return await work({ confirm: sharedByAskers(() => requireHeld(lock, tools)) });
		} finally {
			await removeOwn(prefixOf(name), lock.owner, tools.engine);
		}
	};
}

const none: ReadonlySet<string> = new Set();

async function requireHeld({ name, number, owner }: AcquiredLock, { engine }: LockTools): Promise<void> {
	const volumes = await listLockVolumes(engine, name);
	const own = volumes.find((each) => each.number === number);
	if (own === undefined || readOwner(own.volume.labels)?.token !== owner.token) throw lockLost(name);
}

/** Steps that ask at the same moment are answered by one look. */
function sharedByAskers(look: () => Promise<void>): () => Promise<void> {
	let asked: Promise<void> | undefined;
	return () => {
		asked ??= Promise.resolve().then(() => {
			asked = undefined;
			return look();
		});
		return asked;
	};
}
