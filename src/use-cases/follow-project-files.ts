import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Project } from '../model/project.ts';

/** A project and all files that it was read from. */
export interface ReadProject {
	readonly project: Project;
	readonly locate: LocateAttribute;
	readonly files: FileMarks;
}

/** Files that were read, and by what each of them is known to be as it was then. */
export type FileMarks = ReadonlyMap<string, string>;

export interface ProjectFiles {
	/** All files that the project was read from. */
	readonly files: FileMarks;
	/** By what a file is known now. */
	mark(file: string): string;
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
 * Calls back for one change of the project's files after the other until the signal aborts, also for one that came after
 * they were read and before this was called. What it gives is followed from then on: files may name other ones than
 * before.
 */
export async function followFiles(
	{ files, mark, load, watch }: ProjectFiles,
	signal: AbortSignal,
	onChange: (change: FollowedFiles) => Promise<FileMarks>,
): Promise<void> {
	let followed = files;
	let changed = Promise.withResolvers<string>();
	const end = Promise.withResolvers<undefined>();
	const onAbort = (): void => end.resolve(undefined);
	signal.addEventListener('abort', onAbort, { once: true });
	if (signal.aborted) onAbort();
	const follow = async (): Promise<FileWatch> => {
		const opened = await watch([...followed.keys()], (file) => changed.resolve(file));
		const missed = [...followed].find(([file, read]) => mark(file) !== read);
		if (missed !== undefined) changed.resolve(missed[0]);
		return opened;
	};
	let watching = await follow();
	try {
		for (;;) {
			const file = await Promise.race([changed.promise, end.promise]);
			if (file === undefined || signal.aborted) return;
			changed = Promise.withResolvers();
			const next = await onChange({ file, files: followed, load });
			const isSame = next.size === followed.size && [...next.keys()].every((each) => followed.has(each));
			followed = next;
			if (isSame) continue;
			const before = watching;
			watching = await follow();
			await before.close();
		}
	} finally {
		signal.removeEventListener('abort', onAbort);
		await watching.close();
	}
}
