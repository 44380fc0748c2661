import path from 'node:path';
import { FolderNames, isGlimpse, type Seen } from './folder-names.ts';
import type { FolderWatch, HostFiles, Listing, Look } from './host-files.ts';

export interface TreeChange {
	readonly path: string;
	readonly isThere: boolean;
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
	readonly files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'list' | 'watchFolder'>;
	/** Something may have changed at the path. */
	onHint(hint: Hint): void;
	/** A folder can't be watched, for the system's reason. */
	onUnwatched(error: unknown): void;
	/** Milliseconds since the epoch. */
	now(): number;
	/** Lets others work from time to time while a lot is looked at. */
	breathe(): Promise<void> | undefined;
}

interface Folder {
	readonly names: FolderNames;
	/** Only these names count; all where it is undefined. */
	readonly only: Set<string> | undefined;
	watch: FolderWatch | undefined;
}

interface Findings extends TreeNews {
	readonly changes: TreeChange[];
	readonly suspects: string[];
}

/** What was seen at a path, and what is there now. */
interface Sight {
	readonly before: Seen | undefined;
	readonly now: Look | undefined;
	readonly isTold: boolean;
}

/**
 * What was last seen of the watched trees. Hints only say where to look: what changed is found by comparing, so that
 * a hint too many does no harm.
 */
export class Tree {
	readonly #request: TreeRequest;
	readonly #folders = new Map<string, Folder>();
	readonly #roots = new Map<string, Look | undefined>();
	#openedAt = 0;

	constructor(request: TreeRequest) {
		this.#request = request;
	}

	/** Lists everything for the first time. Files are not looked at: most of them never will be. */
	async open(): Promise<void> {
		this.#openedAt = this.#request.now();
		for (const root of this.#request.roots) {
			const look = this.#request.files.lookAtRoot(root);
			this.#roots.set(root, look);
			if (look?.kind !== 'directory') this.#watchFile(root, look);
			else for (const _ of this.#enterAll(root)) await this.#request.breathe();
		}
	}

	/** Looks where the hints point to; tells what is different. */
	settle(hints: Iterable<Hint>): TreeNews {
		const news: Findings = { changes: [], suspects: [] };
		for (const hint of hints) this.#settleOne(hint, news);
		return news;
	}

	/** Looks at everything again: also finds what nobody told. */
	async rescan(): Promise<TreeNews> {
		const news: Findings = { changes: [], suspects: [] };
		for (const root of this.#roots.keys()) this.#settleRoot(root, false, news);
		for (const folder of [...this.#folders.keys()]) {
			this.#settleNames(folder, news);
			await this.#request.breathe();
		}
		return news;
	}

	/** Roots that came, went, or were replaced: nothing above them is watched. */
	checkRoots(): readonly Hint[] {
		return [...this.#roots]
			.filter(([root, look]) => this.#isDifferent(look, this.#request.files.lookAtRoot(root)))
			.map(([root]) => ({ path: root, isTold: false }));
	}

	/** All that is there, folders before what is in them. */
	*paths(): Iterable<string> {
		for (const [root, look] of this.#roots) {
			if (look !== undefined) yield* this.#pathsFrom(root);
		}
	}

	get folderCount(): number {
		return this.#folders.size;
	}

	close(): void {
		for (const { watch } of this.#folders.values()) watch?.close();
		this.#folders.clear();
	}

	#settleOne({ path: changed, isTold }: Hint, news: Findings): void {
		if (this.#roots.has(changed)) {
			this.#settleRoot(changed, isTold, news);
			return;
		}
		const parent = this.#folders.get(path.dirname(changed));
		const name = path.basename(changed);
		if (parent === undefined || (parent.only !== undefined && !parent.only.has(name))) return;
		const [before, now] = [parent.names.get(name), this.#request.files.look(changed)];
		if (now === undefined) parent.names.delete(name);
		else parent.names.set(name, now);
		this.#compare(changed, { before, now, isTold }, news);
	}

	#settleRoot(root: string, isTold: boolean, news: Findings): void {
		const [before, now] = [this.#roots.get(root), this.#request.files.lookAtRoot(root)];
		this.#roots.set(root, now);
		this.#compare(root, { before, now, isTold }, news);
		if (now?.kind !== 'directory') this.#watchFile(root, now);
	}

	#settleNames(folder: string, news: Findings): void {
		const known = this.#folders.get(folder);
		if (known === undefined || known.only !== undefined) return;
		const knownNames = [...known.names].map(([name]) => name);
		for (const name of new Set([...knownNames, ...allOf(this.#request.files.list(folder))])) {
			this.#settleOne({ path: path.join(folder, name), isTold: false }, news);
		}
	}

	#compare(changed: string, { before, now, isTold }: Sight, news: Findings): void {
		const isSameFolder = before?.kind === 'directory' && now !== undefined && isSame(before, now);
		if (before?.kind === 'directory' && !isSameFolder) this.#leave(changed, tellOf(news, false));
		if (now === undefined) {
			news.suspects.push(changed);
			if (before !== undefined) tellOf(news, false)(changed);
			return;
		}
		// What looks as before may have looked otherwise for a moment, in which it was copied: a folder's mode, too.
		if (isTold || this.#isDifferent(before, now)) tellOf(news, true)(changed);
		if (now.kind !== 'directory') return;
		if (!isSameFolder) this.#enterNew(changed, news);
		else if (isTold) this.#lookInto(changed, now, news);
	}

	#enterNew(folder: string, news: Findings): void {
		if (this.#request.ignoresTree(folder)) return;
		news.suspects.push(folder);
		for (const _ of this.#enterAll(folder, tellOf(news, true)));
	}

	/** It may have been away for a moment, or closed to us until now. */
	#lookInto(folder: string, { born }: Look, news: Findings): void {
		const known = this.#folders.get(folder);
		if (known === undefined) return;
		if (known.watch === undefined || born === 0) {
			// Where the system does not say when an inode was made, it may be another folder with the same number.
			known.watch?.close();
			known.watch = this.#watch(folder);
		}
		this.#settleNames(folder, news);
	}

	/** A folder is what it is, whatever comes and goes in it. */
	#isDifferent(before: Seen | undefined, now: Look | undefined): boolean {
		if (before === undefined || now === undefined) return before !== now;
		if (isGlimpse(before)) return before.kind !== now.kind || now.changed >= this.#openedAt - clockSlackMs;
		if (before.kind !== now.kind || before.mode !== now.mode || !isSame(before, now)) return true;
		return now.kind !== 'directory' && (before.size !== now.size || before.modified !== now.modified);
	}

	/** Enters a folder and all below it, a step a folder. What nobody wants to be told of is only listed. */
	*#enterAll(start: string, found?: (path: string) => void): Iterable<void> {
		const waiting = [start];
		for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
			if (!this.#folders.has(folder)) waiting.push(...this.#enter(folder, found));
			yield;
		}
	}

	/**
	 * Watches first and lists then, so that nothing falls between the two. What can't be watched is looked at. Gives the
	 * folders in it.
	 */
	#enter(folder: string, found?: (path: string) => void): readonly string[] {
		const { files, ignoresTree } = this.#request;
		const names = new FolderNames();
		const watch = this.#watch(folder);
		this.#folders.set(folder, { names, only: undefined, watch });
		const listing = files.list(folder);
		const canWait = found === undefined && watch !== undefined;
		if (canWait) names.list(listing);
		const below: string[] = [];
		for (const name of canWait ? listing.others : allOf(listing)) {
			const child = path.join(folder, name);
			const look = files.look(child);
			if (look === undefined) continue;
			names.set(name, look);
			found?.(child);
			if (look.kind === 'directory' && !ignoresTree(child)) below.push(child);
		}
		return below;
	}

	#leave(folder: string, lost: (path: string) => void): void {
		const known = this.#folders.get(folder);
		if (known === undefined) return;
		this.#folders.delete(folder);
		known.watch?.close();
		for (const [name, look] of known.names) {
			const child = path.join(folder, name);
			if (look.kind === 'directory') this.#leave(child, lost);
			lost(child);
		}
	}

	/** A file is watched through its folder: editors put another one in its place. */
	#watchFile(root: string, look: Look | undefined): void {
		const folder = path.dirname(root);
		const known = this.#folders.get(folder);
		if (known !== undefined) known.only?.add(path.basename(root));
		else if (look !== undefined) {
			const only = new Set([path.basename(root)]);
			this.#folders.set(folder, { names: new FolderNames(), only, watch: this.#watch(folder) });
		}
	}

	#watch(folder: string): FolderWatch | undefined {
		const { files, onHint, onUnwatched } = this.#request;
		try {
			return files.watchFolder(folder, (name) => {
				if (name !== undefined) onHint({ path: path.join(folder, name), isTold: true });
			});
		} catch (error) {
			onUnwatched(error);
			return undefined;
		}
	}

	*#pathsFrom(start: string): Iterable<string> {
		yield start;
		for (const [name, seen] of this.#folders.get(start)?.names ?? []) {
			const child = path.join(start, name);
			if (seen.kind === 'directory') yield* this.#pathsFrom(child);
			// What is something else by now is told yet.
			else if (!isGlimpse(seen) || this.#request.files.look(child)?.kind === seen.kind) yield child;
		}
	}
}

const allOf = ({ files, symlinks, others }: Listing): readonly string[] => [...files, ...symlinks, ...others];

const tellOf =
	({ changes }: Findings, isThere: boolean) =>
	(path: string): void =>
		void changes.push({ path, isThere });

/** Files may be dated by another clock, and less finely. */
const clockSlackMs = 2000;

/** An inode's number may soon be given to another one. */
const isSame = (before: Seen, now: Look): boolean =>
	!isGlimpse(before) && before.kind === now.kind && before.inode === now.inode && before.born === now.born;
