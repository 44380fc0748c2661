import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Project } from '../model/project.ts';

/** A project and all files that it was read from. */
export interface ReadProject {
	readonly project: Project;
	readonly locate: LocateAttribute;
	readonly files: readonly string[];
}

export interface ProjectFiles {
	/** All files that the project was read from. */
	readonly files: readonly string[];
	/** Reads them again. */
	load(): Promise<ReadProject>;
	/** Calls back when one of them changes, comes or goes. */
	watch(files: readonly string[], onChange: (file: string) => void): Promise<FileWatch>;
}

interface FileWatch {
	close(): Promise<void>;
}

/** A change of one of a project's files. */
export interface FollowedFiles extends Pick<ProjectFiles, 'files' | 'load'> {
	/** The file that changed. */
	readonly file: string;
}

/**
 * Calls back for one change of the project's files after the other until the signal aborts. What it gives is followed
 * from then on: files may name other ones than before.
 */
export async function followFiles(
	{ files, load, watch }: ProjectFiles,
	signal: AbortSignal,
	onChange: (change: FollowedFiles) => Promise<readonly string[]>,
): Promise<void> {
	let followed = files;
	let changed = Promise.withResolvers<string>();
	const end = Promise.withResolvers<undefined>();
	const onAbort = (): void => end.resolve(undefined);
	signal.addEventListener('abort', onAbort, { once: true });
	if (signal.aborted) onAbort();
	let watching = await watch(followed, (file) => changed.resolve(file));
	try {
		for (;;) {
			const file = await Promise.race([changed.promise, end.promise]);
			if (file === undefined || signal.aborted) return;
			changed = Promise.withResolvers();
			const next = await onChange({ file, files: followed, load });
			if (isSame(next, followed)) continue;
			const before = watching;
			followed = next;
			watching = await watch(followed, (path) => changed.resolve(path));
			await before.close();
		}
	} finally {
		signal.removeEventListener('abort', onAbort);
		await watching.close();
	}
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
	some.length === others.length && some.every((each, at) => each === others[at]);
