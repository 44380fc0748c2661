import { type FSWatcher, lstatSync, readdirSync, readlinkSync, type Stats, statSync, watch } from 'node:fs';
import { type HostContent, readHostFile } from './read-host-file.ts';

/** What is at a path of the host. */
export interface Look {
	readonly kind: 'file' | 'directory' | 'symlink' | 'other';
	readonly size: number;
	/** Milliseconds since the epoch. */
	readonly modified: number;
	readonly mode: number;
	readonly inode: number;
	/** When the inode was made, in milliseconds since the epoch. */
	readonly born: number;
}

/** The host's files, as far as watching needs them. */
export interface HostFiles {
	/** Undefined where nothing is, or nothing that may be looked at. A link is not followed. */
	look(path: string): Look | undefined;
	/** As `look`, but what a rule's own path leads to where it is a link. */
	lookAtRoot(root: string): Look | undefined;
	/** Names in a folder; none where it can't be read. */
	list(folder: string): readonly string[];
	/** Undefined where it is no file any more; throws where it is not below the root, or may not be read. */
	readFile(path: string, root: string): HostContent | undefined;
	readLink(path: string): string;
	/** Calls back with the name of what may have changed in the folder; throws where the system has no room for it. */
	watchFolder(folder: string, onHint: (name: string | undefined) => void): FolderWatch;
}

export interface FolderWatch {
	close(): void;
}

export const hostFiles: HostFiles = {
	look: (path) => lookBy(lstatSync, path),
	lookAtRoot: (root) => lookBy(statSync, root),
	list(folder) {
		try {
			return readdirSync(folder);
		} catch {
			return [];
		}
	},
	readFile: readHostFile,
	readLink: (path) => readlinkSync(path),
	watchFolder(folder, onHint) {
		const watcher: FSWatcher = watch(folder, { persistent: true }, (_, name) => onHint(name ?? undefined));
		// The folder has gone: the one above it tells that too.
		watcher.on('error', () => undefined);
		return watcher;
	},
};

function lookBy(stat: typeof lstatSync, path: string): Look | undefined {
	try {
		const stats = stat(path, { throwIfNoEntry: false });
		return stats === undefined ? undefined : lookOf(stats);
	} catch {
		return undefined; // a folder above it that may not be entered, or is none any more
	}
}

function lookOf(stats: Stats): Look {
	return {
		kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'symlink' : 'other',
		size: stats.size,
		modified: stats.mtimeMs,
		mode: stats.mode & 0o7777,
		inode: stats.ino,
		born: stats.birthtimeMs,
	};
}
