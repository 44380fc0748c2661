import type { Look } from './host-files.ts';

export interface TreeChange {
	readonly path: string;
	readonly isThere: boolean;
	/** Of what is there, or was. */
	readonly isFolder?: boolean;
}

/** What was found by looking. */
export interface TreeNews {
	readonly changes: readonly TreeChange[];
	/**
	 * Paths at and below which something may have come and gone between two looks: who looked himself meanwhile may have
	 * seen it.
	 */
	readonly suspects: readonly string[];
}

/** While they are gathered. */
export interface Findings extends TreeNews {
	readonly changes: TreeChange[];
	readonly suspects: string[];
}

/** Takes a path, and the kind of what is there or was. */
export type Tell = (path: string, kind: Look['kind']) => void;

export const tellOf =
	({ changes }: Findings, isThere: boolean): Tell =>
	(path, kind) =>
		void changes.push({ path, isThere, ...(kind === 'directory' && { isFolder: true }) });
