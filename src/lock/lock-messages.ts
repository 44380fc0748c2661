import { LabcError } from '../errors/labc-error.ts';
import type { Emit } from '../events/event.ts';
import { gpuLock } from './lock-volume.ts';
import { describeOwner, type Owner } from './owner.ts';

export interface Blocker {
	/** Undefined where the lock does not tell. */
	readonly owner: Owner | undefined;
	/** Whether the owner is known to live. */
	readonly isProven: boolean;
	/** Whether `--break-lock` was given and is not for this one: it came too late. */
	readonly isSpared: boolean;
}

/** For `--no-wait`. */
export const lockHeld = (name: string, blocker: Blocker): LabcError =>
	new LabcError('LOCK_HELD', `${describeOwner(blocker.owner)} is ${doingTo(name)}`, {
		hint: blocker.isProven ? 'Leave out `--no-wait` to wait for its end.' : breakHint(blocker),
	});

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
