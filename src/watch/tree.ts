import path from 'node:path';
import { type Folder, FolderNames } from './folder-names.ts';
import { type FolderWatch, type Listing, type Look, namesIn } from './host-files.ts';
import { isDifferent, isGlimpse, isOtherFolder, isSame, type Seen } from './seen.ts';
import { type Findings, type Tell, type TreeNews, tellOf } from './tree-news.ts';
import type { Hint, TreeRequest } from './tree-request.ts';
import { walkFolders } from './walk-folders.ts';
import { limitOf } from './watch-limit.ts';

/** What was seen at a path, and what is there now. */
interface Sight {
	readonly before: Seen | undefined;
	readonly now: Look | undefined;
	readonly isTold: boolean;
}

/** More threads would stand in each other's way. */
const listedAtOnce = 16;

/**
 * What was last seen of the watched trees. Hints only say where to look: what changed is found by comparing, so that
 * a hint too many does no harm.
 */
export class Tree {
	readonly #request: TreeRequest;
	readonly #folders = new Map<string, Folder>();
	readonly #roots = new Map<string, Look | undefined>();
	readonly #doubtful = new Set<string>();
	#openedAt = 0;
	#hasRoom = true;
	#isClosed = false;

	constructor(request: TreeRequest) {
		this.#request = request;
	}

	/**
	 * Lists everything for the first time. Files are not looked at: most of them never will be. Nothing else is to be asked
	 * before it has resolved.
	 */
	async open(): Promise<void> {
		this.#openedAt = this.#request.now();
		const folders: string[] = [];
		for (const root of this.#request.roots) {
			const look = this.#request.files.lookAtRoot(root);
			this.#roots.set(root, look);
			if (look?.kind === 'directory') folders.push(root);
			else this.#watchFile(root, look);
		}
		await walkFolders(folders, listedAtOnce, (folder) => this.#enterLater(folder));
		const isAllWatched = [...this.#folders.values()].every(({ watch }) => watch !== undefined);
		if (!isAllWatched) await this.#lookAtGlimpses();
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

	/**
	 * Tries once more to watch what could not be watched, for as long as the system has room. Who looks at everything
	 * afterwards misses nothing.
	 */
	watchRest(): void {
		this.#hasRoom = true;
		for (const [folder, known] of this.#folders) {
			known.watch ??= this.#watch(folder);
			if (!this.#hasRoom) return;
		}
	}

	/** Roots that came, went, or were replaced: nothing above them is watched. */
	checkRoots(): readonly Hint[] {
		const isOther = (root: string, look: Look | undefined): boolean =>
			isDifferent(look, this.#request.files.lookAtRoot(root), this.#openedAt);
		return [...this.#roots]
			.filter(([root, look]) => this.#doubtful.has(root) || isOther(root, look))
			.map(([root]) => ({ path: root, isTold: this.#doubtful.delete(root) }));
	}

	/** A folder that is a root may have looked otherwise for a moment, in which it was copied: nobody tells of its mode. */
	saw(root: string, look: Look | undefined): void {
		if (isOtherFolder(this.#roots.get(root), look)) this.#doubtful.add(root);
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
		this.#isClosed = true;
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
		if (now?.kind === 'closed') {
			this.#request.onClosed(path.dirname(changed));
			return;
		}
		if (now === undefined) parent.names.delete(name);
		else parent.names.set(name, now);
		this.#compare(changed, { before, now, isTold }, news);
	}

	#settleRoot(root: string, isTold: boolean, news: Findings): void {
		const [before, now] = [this.#roots.get(root), this.#request.files.lookAtRoot(root)];
		if (now?.kind === 'closed') {
			this.#request.onClosed(root);
			return;
		}
		this.#roots.set(root, now);
		const told = news.changes.length;
		this.#compare(root, { before, now, isTold }, news);
		if (now?.kind === 'directory') return;
		// It may have been a folder for a moment: a file does not take the place of a folder that is a target.
		if (news.changes.length > told) news.suspects.push(root);
		this.#watchFile(root, now);
	}

	#settleNames(folder: string, news: Findings): void {
		const known = this.#folders.get(folder);
		if (known === undefined || known.only !== undefined) return;
		const knownNames = [...known.names].map(([name]) => name);
		const listing = this.#list(folder);
		if (listing.isClosed) return;
		for (const name of new Set([...knownNames, ...namesIn(listing)])) {
			this.#settleOne({ path: path.join(folder, name), isTold: false }, news);
		}
	}

	#compare(changed: string, { before, now, isTold }: Sight, news: Findings): void {
		const isSameFolder = before?.kind === 'directory' && now !== undefined && isSame(before, now);
		if (before?.kind === 'directory' && !isSameFolder) this.#leave(changed, tellOf(news, false));
		if (now === undefined) {
			news.suspects.push(changed);
			if (before !== undefined) tellOf(news, false)(changed, before.kind);
			return;
		}
		// What looks as before may have looked otherwise for a moment, in which it was copied: a folder's mode, too.
		if (isTold || isDifferent(before, now, this.#openedAt)) tellOf(news, true)(changed, now.kind);
		if (now.kind !== 'directory') return;
		if (!isSameFolder) this.#enterNew(changed, news);
		else if (isTold) this.#lookInto(changed, now, news);
	}

	#enterNew(folder: string, news: Findings): void {
		if (this.#request.ignoresTree(folder)) return;
		news.suspects.push(folder);
		this.#enterAll(folder, tellOf(news, true));
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

	/** Enters a folder and all below it. */
	#enterAll(start: string, found: Tell): void {
		const waiting = [start];
		for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
			if (this.#folders.has(folder)) continue;
			this.#watchNew(folder);
			for (const below of this.#takeIn(folder, namesIn(this.#list(folder)), found)) waiting.push(below);
		}
	}

	/** Where not everything can be watched all is looked at from time to time, and compared with this look. */
	async #lookAtGlimpses(): Promise<void> {
		for (const [folder, { names }] of this.#folders) {
			names.lookAtListed((name) => this.#request.files.look(path.join(folder, name)));
			await this.#request.breathe();
		}
	}

	async #enterLater(folder: string): Promise<readonly string[]> {
		if (this.#isClosed) return [];
		this.#watchNew(folder);
		const listing = await this.#request.files.listLater(folder);
		if (listing.isClosed) this.#request.onClosed(folder);
		this.#folders.get(folder)?.names.list(listing);
		return this.#takeIn(folder, listing.others);
	}

	/** A folder is watched first and listed then, so that nothing falls between the two. */
	#watchNew(folder: string): void {
		this.#folders.set(folder, { names: new FolderNames(), only: undefined, watch: this.#watch(folder) });
	}

	/** Looks at what is in a folder; gives the folders that are to be entered. */
	#takeIn(folder: string, names: readonly string[], found?: Tell): readonly string[] {
		const below: string[] = [];
		for (const name of names) {
			const child = path.join(folder, name);
			const look = this.#request.files.look(child);
			if (look?.kind === 'closed') this.#request.onClosed(folder);
			if (look === undefined || look.kind === 'closed') continue;
			this.#folders.get(folder)?.names.set(name, look);
			found?.(child, look.kind);
			if (look.kind === 'directory' && !this.#request.ignoresTree(child)) below.push(child);
		}
		return below;
	}

	#list(folder: string): Listing {
		const listing = this.#request.files.list(folder);
		if (listing.isClosed) this.#request.onClosed(folder);
		return listing;
	}

	#leave(folder: string, lost: Tell): void {
		const known = this.#folders.get(folder);
		if (known === undefined) return;
		this.#folders.delete(folder);
		known.watch?.close();
		for (const [name, look] of known.names) {
			const child = path.join(folder, name);
			if (look.kind === 'directory') this.#leave(child, lost);
			lost(child, look.kind);
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
		const { files, onHint, onLost, onUnwatched } = this.#request;
		try {
			return files.watchFolder(folder, (name) => {
				if (name === undefined) onLost();
				else onHint({ path: path.join(folder, name), isTold: true });
			});
		} catch (error) {
			if (limitOf(error) !== undefined) this.#hasRoom = false;
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
