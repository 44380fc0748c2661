import path from 'node:path';
import type { TarEntry } from '../execute/tar-archive.ts';
import type { Placed } from './decide.ts';
import type { HostFiles, Look } from './host-files.ts';
import { HostProblem } from './read-host-file.ts';
import { relativeBelow } from './rules.ts';

/** What is there on the host at one moment, each path looked at once. */
export interface HostView {
	/** Undefined also where a folder between the rule's path and this one is a link: what is behind it is not watched. */
	look(hostPath: string, root: string): Look | undefined;
	/** Undefined where nothing is that can be copied; throws a `HostProblem` where it may not be read. */
	read(placed: Placed): TarEntry | undefined;
}

export function viewHost(files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'readFile' | 'readLink'>): HostView {
	const seen = new Map<string, Look | undefined>();
	const seenRoots = new Map<string, Look | undefined>();
	const lookAt = (hostPath: string, root: string): Look | undefined => {
		const isRoot = hostPath === root;
		const known = isRoot ? seenRoots : seen;
		if (!known.has(hostPath)) known.set(hostPath, isRoot ? files.lookAtRoot(root) : files.look(hostPath));
		return known.get(hostPath);
	};
	const look = (hostPath: string, root: string): Look | undefined => {
		for (let above = path.dirname(hostPath); relativeBelow(root, above) !== undefined; above = path.dirname(above)) {
			if (lookAt(above, root)?.kind !== 'directory') return undefined;
		}
		return lookAt(hostPath, root);
	};
	return {
		look,
		read({ target, source: { hostPath, rule } }) {
			const found = look(hostPath, rule.root);
			if (found === undefined) return undefined;
			const { mode, modified } = found;
			const entry = { path: target, mode, uid: 0, gid: 0, modified: modified / 1000 };
			if (found.kind === 'directory') return { ...entry, kind: 'directory' };
			if (found.kind === 'other') return undefined;
			try {
				if (found.kind === 'symlink') return { ...entry, kind: 'symlink', link: files.readLink(hostPath), mode: 0o777 };
				const content = files.readFile(hostPath, rule.root);
				return content === undefined ? undefined : { ...entry, kind: 'file', ...content };
			} catch (error) {
				return undefinedIfGone(hostPath, error);
			}
		},
	};
}

/** It went, or something else took its place, after it was looked at: that is told, and it is copied then. */
const swapped: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EINVAL', 'EISDIR']);

function undefinedIfGone(hostPath: string, error: unknown): undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (typeof code === 'string' && swapped.has(code)) return undefined;
	if (error instanceof HostProblem) throw error;
	throw new HostProblem(`\`${hostPath}\` can't be read: ${error instanceof Error ? error.message : String(error)}`);
}
