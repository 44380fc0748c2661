import type { FolderWatch, Listing, Look } from './host-files.ts';
import { type Glimpse, isGlimpse, type Seen } from './seen.ts';

/** A folder that is watched. */
export interface Folder {
	readonly names: FolderNames;
	/** Only these names count; all where it is undefined. */
	readonly only: Set<string> | undefined;
	watch: FolderWatch | undefined;
}

/** What was last seen in a folder, by name. What was only listed takes little room until it is asked for. */
export class FolderNames {
	readonly #looks = new Map<string, Seen>();
	/** Names between slashes. */
	#listed: Readonly<Record<Glimpse['kind'], string>> | undefined;

	/** Takes what can wait to be looked at. */
	list({ files, symlinks }: Listing): void {
		this.#listed = { file: files.join('/'), symlink: symlinks.join('/') };
	}

	get(name: string): Seen | undefined {
		return this.#known().get(name);
	}

	set(name: string, look: Look): void {
		this.#looks.set(name, look);
	}

	delete(name: string): void {
		this.#known().delete(name);
	}

	/** What was only listed is known by its look from now on, unless it is something else by now. */
	lookAtListed(lookAt: (name: string) => Look | undefined): void {
		for (const [name, seen] of this) {
			const look = isGlimpse(seen) ? lookAt(name) : undefined;
			if (look?.kind === seen.kind) this.set(name, look);
		}
	}

	[Symbol.iterator](): Iterator<readonly [name: string, seen: Seen]> {
		return this.#known().entries();
	}

	#known(): Map<string, Seen> {
		const listed = this.#listed;
		this.#listed = undefined;
		if (listed === undefined) return this.#looks;
		for (const kind of ['file', 'symlink'] as const) {
			if (listed[kind] === '') continue;
			const glimpse: Glimpse = { kind };
			for (const name of listed[kind].split('/')) if (!this.#looks.has(name)) this.#looks.set(name, glimpse);
		}
		return this.#looks;
	}
}
