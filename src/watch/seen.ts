import type { Look } from './host-files.ts';

/** A file or link that its folder has listed and that was not looked at since. */
export interface Glimpse {
	readonly kind: 'file' | 'symlink';
}

/** What is known of a path. */
export type Seen = Look | Glimpse;

export const isGlimpse = (seen: Seen): seen is Glimpse => !('inode' in seen);

/** An inode's number may soon be given to another one. */
export const isSame = (before: Seen, now: Look): boolean =>
	!isGlimpse(before) && before.kind === now.kind && before.inode === now.inode && before.born === now.born;

/** Files may be dated by another clock than ours, and less finely. */
const clockSlackMs = 2000;

/**
 * A folder is what it is, whatever comes and goes in it. Of what was only listed, after `listedAt` in milliseconds since
 * the epoch, its inode tells when it last changed.
 */
export function isDifferent(before: Seen | undefined, now: Look | undefined, listedAt: number): boolean {
	if (before === undefined || now === undefined) return before !== now;
	if (isGlimpse(before)) return before.kind !== now.kind || now.changed >= listedAt - clockSlackMs;
	if (before.mode !== now.mode || !isSame(before, now)) return true;
	return now.kind !== 'directory' && (before.size !== now.size || before.modified !== now.modified);
}

/** A folder before and now, of another mode or another one. */
export const isOtherFolder = (before: Seen | undefined, now: Look | undefined): boolean =>
	before?.kind === 'directory' && now?.kind === 'directory' && isDifferent(before, now, 0);
