import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Project } from '../model/project.ts';

/** What came of reading a project's files, and all that were read or looked for: who mends it changes one of them. */
type Reading =
	| { readonly files: FileMarks; readonly read: ReadProject }
	| { readonly files: FileMarks; readonly error: unknown };

interface ReadProject {
	readonly project: Project;
	readonly locate: LocateAttribute;
}

/** Files that were read, also those that were not there, and by what each of them is known to be as it was then. */
export type FileMarks = ReadonlyMap<string, string>;

export interface ProjectFiles {
	/** All files that the project was read from. */
	readonly files: FileMarks;
	/** By what a file is known now. */
	mark(file: string): string;
	/** Reads them again. */
	load(): Promise<Reading>;
	/** Calls back when one of them changes, comes or goes. */
	watch(files: readonly string[], onChange: (file: string) => void): Promise<FileWatch>;
}

interface FileWatch {
	close(): Promise<void>;
}

/** A change of one of a project's files. */
export interface FollowedFiles extends Pick<ProjectFiles, 'files' | 'mark' | 'load'> {
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
	let isBusy = false;
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
	const look = newLook(mark);
	const looking = setInterval(() => {
		const found = isBusy ? undefined : look(followed);
		if (found !== undefined) changed.resolve(found);
	}, lookEveryMs);
	try {
		for (;;) {
			const file = await Promise.race([changed.promise, end.promise]);
			if (file === undefined || signal.aborted) return;
			changed = Promise.withResolvers();
			isBusy = true;
			const next = await onChange({ file, files: followed, mark, load });
			const isSame = next.size === followed.size && [...next.keys()].every((each) => followed.has(each));
			followed = next;
			isBusy = false;
			if (isSame) continue;
			const before = watching;
			watching = await follow();
			await before.close();
		}
	} finally {
		clearInterval(looking);
		signal.removeEventListener('abort', onAbort);
		await watching.close();
	}
}

const lookEveryMs = 1000;

/**
 * Nobody tells of a file whose folder came with it. A look finds one that is another one than when it was read, and was
 * the same at the last look: what is still being written is left alone.
 */
function newLook(mark: ProjectFiles['mark']): (followed: FileMarks) => string | undefined {
	let last: FileMarks = new Map();
	return (followed) => {
		const others = new Map<string, string>();
		for (const [file, read] of followed) {
			const now = mark(file);
			if (now !== read) others.set(file, now);
		}
		const [found] = [...others].find(([file, now]) => last.get(file) === now) ?? [];
		last = others;
		return found;
	};
}
