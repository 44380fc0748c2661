import path from 'node:path';
import type { HostFiles, Look } from '../../src/watch/host-files.ts';

interface HostNode {
	kind: 'file' | 'directory' | 'symlink';
	mode: number;
	modified: number;
	changed: number;
	content: string;
	readonly inode: number;
	readonly born: number;
	/** Who watches it, wherever it is moved to. */
	readonly watchers: Set<Watcher>;
}

interface Watcher {
	isClosed: boolean;
	onHint(name: string | undefined): void;
}

/** A disk of the host in memory that tells its changes late, as inotify does. */
export class MemoryHost {
	readonly root: string;
	#nodes = new Map<string, HostNode>();
	#clock = 0;
	#queue: { readonly watcher: Watcher; readonly name: string }[] = [];

	constructor(root: string) {
		this.root = root;
		this.#put(root, 'directory', '');
	}

	readonly files: HostFiles = {
		look: (file) => lookOf(this.#nodes.get(this.#find(file))),
		lookAtRoot: (root) => {
			const look = lookOf(this.#nodes.get(this.#follow(root)));
			return look?.kind === 'symlink' ? undefined : look;
		},
		list: (asked) => {
			const folder = this.#follow(asked);
			const names = (isOne: (kind: HostNode['kind'] | undefined) => boolean): readonly string[] =>
				this.#below(folder).flatMap((each) => (isOne(this.#nodes.get(each)?.kind) ? [path.basename(each)] : []));
			return {
				files: names((kind) => kind === 'file'),
				symlinks: names((kind) => kind === 'symlink'),
				others: names((kind) => kind === 'directory'),
			};
		},
		readFile: (file, root) => {
			const node = this.#nodes.get(file === root ? this.#follow(file) : this.#find(file));
			if (node?.kind !== 'file') throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
			const { content, mode, modified } = node;
			return { content: Buffer.from(content), mode, modified: modified / 1000 };
		},
		readLink: (file) => {
			const node = this.#nodes.get(this.#find(file));
			if (node?.kind !== 'symlink') throw Object.assign(new Error('no such link'), { code: 'ENOENT' });
			return node.content;
		},
		watchFolder: (folder, onHint) => {
			const node = this.#nodes.get(this.#follow(folder));
			if (node?.kind !== 'directory') throw Object.assign(new Error('no such folder'), { code: 'ENOENT' });
			const watcher: Watcher = { isClosed: false, onHint };
			node.watchers.add(watcher);
			return {
				close() {
					watcher.isClosed = true;
					node.watchers.delete(watcher);
				},
			};
		},
		listLater: async (folder) => this.files.list(folder),
		inotifyLimit: () => undefined,
	};

	/** Milliseconds since the epoch. */
	readonly now = (): number => this.#clock;

	pass(ms: number): void {
		this.#clock += ms;
	}

	/** Seconds since the epoch. */
	seconds(): number {
		return Math.floor(this.#clock / 1000);
	}

	/** Tells the oldest of what has not been told yet. Gives how many are left. */
	tell(count: number): number {
		for (const { watcher, name } of this.#queue.splice(0, count)) if (!watcher.isClosed) watcher.onHint(name);
		return this.#queue.length;
	}

	/** What was not told is never told. */
	drop(): void {
		this.#queue = [];
	}

	/** Nor is this, but who watches a folder is told that something was lost. */
	lose(): void {
		this.drop();
		for (const { watchers } of this.#nodes.values()) for (const { onHint } of watchers) onHint(undefined);
	}

	/** Where a path is when links above it are followed. */
	#find(file: string): string {
		const above = path.dirname(file);
		return above === file ? file : path.join(this.#follow(above), path.basename(file));
	}

	/** Where a path is when it is followed itself as well. */
	#follow(file: string): string {
		const place = this.#find(file);
		const node = this.#nodes.get(place);
		return node?.kind === 'symlink' && path.isAbsolute(node.content) ? node.content : place;
	}

	/** What is there, each path with what counts of it. */
	listing(): ReadonlyMap<string, string> {
		return new Map(
			[...this.#nodes].map(([file, { kind, mode, content }]) => [file, describe({ kind, mode, content })]),
		);
	}

	/** Puts something in the place of whatever is there; folders above it are made. */
	put(file: string, kind: HostNode['kind'], content: string): void {
		if (file === this.root) return;
		this.#makeFolders(path.dirname(file));
		const there = this.#nodes.get(file);
		if (there?.kind === 'file' && kind === 'file') {
			there.content = content;
			there.modified = this.#touch(there);
		} else {
			this.remove(file);
			this.#put(file, kind, content);
		}
		this.#hint(file);
	}

	remove(file: string): void {
		if (!this.#nodes.has(file)) return;
		for (const below of this.#below(file)) this.remove(below);
		this.#nodes.delete(file);
		this.#hint(file);
	}

	move(from: string, to: string): void {
		const isInside = to === from || to.startsWith(`${from}/`) || from.startsWith(`${to}/`);
		if (isInside || !this.#nodes.has(from) || from === this.root) return;
		this.#makeFolders(path.dirname(to));
		if (!this.#nodes.has(from)) return;
		this.remove(to);
		const moved = this.#nodes.get(from);
		if (moved !== undefined) this.#touch(moved);
		for (const [file, node] of [...this.#nodes]) {
			if (file !== from && !file.startsWith(`${from}/`)) continue;
			this.#nodes.delete(file);
			this.#nodes.set(to + file.slice(from.length), node);
		}
		this.#hint(from);
		this.#hint(to);
	}

	chmod(file: string, mode: number): void {
		const node = this.#nodes.get(file);
		if (node === undefined || node.kind === 'symlink') return;
		node.mode = mode;
		this.#touch(node);
		this.#hint(file);
	}

	#touch(node: HostNode): number {
		node.changed = this.#tick();
		return node.changed;
	}

	/** Several changes come in a second. */
	#tick(): number {
		this.#clock += 300;
		return this.#clock;
	}

	#put(file: string, kind: HostNode['kind'], content: string): void {
		const now = this.#tick();
		const mode = kind === 'directory' ? 0o755 : kind === 'symlink' ? 0o777 : 0o644;
		// A number that was used is used again.
		const times = { modified: now, changed: now, born: now };
		this.#nodes.set(file, { kind, mode, content, ...times, inode: now % 2100, watchers: new Set<Watcher>() });
	}

	#makeFolders(folder: string): void {
		if (folder.length > this.root.length) this.#makeFolders(path.dirname(folder));
		if (this.#nodes.get(folder)?.kind === 'directory') return;
		this.remove(folder);
		this.#put(folder, 'directory', '');
		this.#hint(folder);
	}

	#below(folder: string): readonly string[] {
		return [...this.#nodes.keys()].filter((file) => path.dirname(file) === folder && file !== folder);
	}

	#hint(file: string): void {
		const name = path.basename(file);
		for (const watcher of this.#nodes.get(path.dirname(file))?.watchers ?? []) this.#queue.push({ watcher, name });
	}
}

const lookOf = (node: HostNode | undefined): Look | undefined =>
	node === undefined
		? undefined
		: {
				kind: node.kind,
				size: node.kind === 'file' ? Buffer.byteLength(node.content) : 0,
				modified: node.modified,
				changed: node.changed,
				mode: node.mode,
				inode: node.inode,
				born: node.born,
			};

/** What of a path must be the same on both sides. */
export const describe = ({ kind, mode, content }: { kind: string; mode: number; content: string }): string =>
	kind === 'symlink' ? `symlink ${content}` : `${kind} ${mode.toString(8)} ${content}`;
