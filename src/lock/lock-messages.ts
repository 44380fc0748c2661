import { LabcError } from '../errors/labc-error.ts';
import type { Emit } from '../events/event.ts';
import { utcMinute } from '../model/utc-minute.ts';
import { gpuLock, watchedProject } from './lock-volume.ts';
import { describeOwner, type Owner } from './owner.ts';

export interface Blocker {
	/** Undefined where the lock does not tell. */
	readonly owner: Owner | undefined;
	/** When the lock was made, in seconds since the epoch, by the engine's clock. */
	readonly since?: number | undefined;
	/** Whether the owner is known to live. */
	readonly isProven: boolean;
	/** Whether `--break-lock` was given and is not for this one: it came too late. */
	readonly isSpared: boolean;
}

/** For who does not wait. */
export function lockHeld(name: string, blocker: Blocker): LabcError {
	const { owner, since, isProven } = blocker;
	const watched = watchedProject(name);
	const began = since === undefined ? '' : ` since ${utcMinute(since)}`;
	const doing = watched === undefined ? `is ${doingTo(name)}` : `is watching project \`${watched}\`${began}`;
	const hint = watched === undefined ? 'Leave out `--no-wait` to wait for its end.' : endWatchHint(owner);
	return new LabcError('LOCK_HELD', `${describeOwner(owner)} ${doing}`, { hint: isProven ? hint : breakHint(blocker) });
}

const endWatchHint = (owner: Owner | undefined): string =>
	`End that watch first, with Ctrl-C where it runs${owner === undefined ? '' : ` or \`kill ${owner.pid}\``}: two would undo each other’s work.`;

export const tellWaiting = (name: string, blocker: Blocker, emit: Emit): void =>
	emit({
		type: 'warning',
		message: `${describeOwner(blocker.owner)} is ${doingTo(name)}: waiting for its end`,
		hint: blocker.isProven ? 'Press Ctrl-C to leave, or give `--no-wait` not to wait at all.' : breakHint(blocker),
	});

export const lockLost = (name: string): LabcError =>
	new LabcError('LOCK_LOST', `the lock on ${nameOf(name)} was removed while labc was at work`, {
		hint: 'Run the command again; `docker volume prune -a` removes even locks that are in use.',
	});

const breakHint = ({ isSpared }: Blocker): string =>
	isSpared
		? 'Run the command again if you know that this process has ended: `--break-lock` is for locks from well before it.'
		: 'It can’t be told from here whether that process still lives: if it does not, give `--break-lock`.';

const doingTo = (name: string): string => `${name === gpuLock ? 'giving out' : 'changing'} ${nameOf(name)}`;

/** Locks with a dot are on something else than a project. */
function nameOf(name: string): string {
	if (name === gpuLock) return 'the GPUs of this engine';
	return name.includes('.') ? `\`${name}\`` : `project \`${name}\``;
}
