import { type FSWatcher, lstatSync, readdirSync, readlinkSync, type Stats, watch } from 'node:fs';
import { type HostContent, readHostFile } from './read-host-file.ts';

/** What is at a path of the host; a link is never followed. */
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
	/** Undefined where nothing is, or nothing that may be looked at. */
	look(path: string): Look | undefined;
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
	look(path) {
		try {
			const stats = lstatSync(path, { throwIfNoEntry: false });
			return stats === undefined ? undefined : lookOf(stats);
		} catch {
			return undefined; // a folder above it that may not be entered, or is none any more
		}
	},
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
