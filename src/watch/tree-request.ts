import type { HostFiles } from './host-files.ts';

export interface Hint {
	readonly path: string;
	/** The system said so; where it did not, only what looks different has changed. */
	readonly isTold: boolean;
}

export interface TreeRequest {
	/** Absolute paths of what is watched, folders or files, there or not; none of them below another one. */
	readonly roots: readonly string[];
	/** Folders that are not looked into. */
	ignoresTree(folder: string): boolean;
	readonly files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'list' | 'listLater' | 'watchFolder'>;
	/** Something may have changed at the path. */
	onHint(hint: Hint): void;
	/** The system has lost what it was to tell: anything may have changed. */
	onLost(): void;
	/** A folder can't be watched, for the system's reason. */
	onUnwatched(error: unknown): void;
	/** A folder, or what is in it, may not be looked at: what was seen there counts as it was. */
	onClosed(folder: string): void;
	/** Milliseconds since the epoch. */
	now(): number;
	/** Lets others work from time to time while a lot is looked at. */
	breathe(): Promise<void> | undefined;
}
