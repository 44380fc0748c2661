import {
	type Dirent,
	type FSWatcher,
	lstatSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	type Stats,
	statSync,
	watch,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isGone } from './path-errors.ts';
import { type HostContent, readHostFile } from './read-host-file.ts';
import type { WatchLimit } from './watch-limit.ts';

/** What is at a path of the host. */
export interface Look {
	/** `closed`: what is there can't be looked at, as a rule since a folder above it may not be entered; nothing else is known then. */
	readonly kind: 'file' | 'directory' | 'symlink' | 'other' | 'closed';
	readonly size: number;
	/** Milliseconds since the epoch. */
	readonly modified: number;
	/** As `modified`, but when anything of it last changed, its name too. */
	readonly changed: number;
	readonly mode: number;
	readonly inode: number;
	/** When the inode was made, in milliseconds since the epoch. */
	readonly born: number;
}

/** Names of what is in a folder, as the folder itself says. */
export interface Listing {
	readonly files: readonly string[];
	readonly symlinks: readonly string[];
	/** Folders, and what is neither, or not told: who wants to know looks at it. */
	readonly others: readonly string[];
	/** The folder can't be read: nobody knows what is in it. */
	readonly isClosed?: boolean;
}

export const namesIn = ({ files, symlinks, others }: Listing): readonly string[] => [...files, ...symlinks, ...others];

/** The host's files, as far as watching needs them. */
export interface HostFiles {
	/** Undefined where nothing is. A link is not followed. */
	look(path: string): Look | undefined;
	/** As `look`, but what a rule's own path leads to where it is a link. */
	lookAtRoot(root: string): Look | undefined;
	/** Nothing where it is no folder any more. */
	list(folder: string): Listing;
	/** As `list`, by another thread. */
	listLater(folder: string): Promise<Listing>;
	/** Undefined where it is no file any more; throws where it is not below the root, or may not be read. */
	readFile(path: string, root: string): HostContent | undefined;
	readLink(path: string): string;
	/**
	 * Calls back with the name of what may have changed in the folder, and with none where the system has lost what it was
	 * to tell: it may be anything in any folder then. Throws where the system has no room for it.
	 */
	watchFolder(folder: string, onHint: (name: string | undefined) => void): FolderWatch;
	/** What the system allows to whoever watches; undefined where it does not say. */
	inotifyLimit(name: InotifyLimit): number | undefined;
}

type InotifyLimit = WatchLimit | 'max_queued_events';

export interface FolderWatch {
	close(): void;
}

export const hostFiles: HostFiles = {
	look: (path) => lookBy(lstatSync, path),
	lookAtRoot: (root) => lookBy(statSync, root),
	list(folder) {
		try {
			return listingOf(readdirSync(folder, { withFileTypes: true }));
		} catch (error) {
			return unlisted(error);
		}
	},
	listLater: (folder) => readdir(folder, { withFileTypes: true }).then(listingOf, unlisted),
	readFile: readHostFile,
	readLink: (path) => readlinkSync(path),
	watchFolder(folder, onHint) {
		const watcher: FSWatcher = watch(folder, { persistent: true }, (_, name) => onHint(name ?? undefined));
		// It tells nothing more: as a rule the folder has gone, which the one above it tells too.
		watcher.on('error', () => onHint(undefined));
		return watcher;
	},
	inotifyLimit(name) {
		try {
			const value = Number.parseInt(readFileSync(`/proc/sys/fs/inotify/${name}`, 'utf8'), 10);
			return Number.isNaN(value) ? undefined : value;
		} catch {
			return undefined; // it is a system without inotify
		}
	},
};

/** A loop over what may be hundreds of thousands of names: nothing is made for each of them. */
function listingOf(entries: readonly Dirent[]): Listing {
	const listing = { files: [] as string[], symlinks: [] as string[], others: [] as string[] };
	for (const entry of entries) {
		if (entry.isFile()) listing.files.push(entry.name);
		else if (entry.isSymbolicLink()) listing.symlinks.push(entry.name);
		else listing.others.push(entry.name);
	}
	return listing;
}

function lookBy(stat: typeof lstatSync, path: string): Look | undefined {
	try {
		const stats = stat(path, { throwIfNoEntry: false });
		return stats === undefined ? undefined : lookOf(stats);
	} catch (error) {
		return isGone(error) ? undefined : closedLook;
	}
}

/** What can't be listed is not empty, whatever the reason: else all of it would be deleted. */
const unlisted = (error: unknown): Listing => ({ ...listingOf([]), isClosed: !isGone(error) });

const closedLook: Look = { kind: 'closed', size: 0, modified: 0, changed: 0, mode: 0, inode: 0, born: 0 };

function lookOf(stats: Stats): Look {
	return {
		kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'symlink' : 'other',
		size: stats.size,
		modified: stats.mtimeMs,
		changed: stats.ctimeMs,
		mode: stats.mode & 0o7777,
		inode: stats.ino,
		born: stats.birthtimeMs,
	};
}
