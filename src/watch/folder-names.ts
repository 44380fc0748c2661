import type { Listing, Look } from './host-files.ts';

/** A file or link that its folder has listed and that was not looked at since. */
export interface Glimpse {
	readonly kind: 'file' | 'symlink';
}

/** What is known of a path. */
export type Seen = Look | Glimpse;

export const isGlimpse = (seen: Seen): seen is Glimpse => !('inode' in seen);

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
