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
			const found = lookAt(above, root);
			if (found?.kind === 'closed') return found;
			if (found?.kind !== 'directory') return undefined;
		}
		return lookAt(hostPath, root);
	};
	return {
		look,
		read(placed) {
			const { hostPath, rule } = placed.source;
			const found = look(hostPath, rule.root);
			if (found?.kind === 'closed') throw closedProblem(hostPath, (above) => look(above, rule.root)?.kind === 'closed');
			if (found === undefined || found.kind === 'other') return undefined;
			try {
				return entryOf(placed, found, files);
			} catch (error) {
				return undefinedIfGone(hostPath, error);
			}
		},
	};
}

function entryOf(
	{ target, source: { hostPath, rule } }: Placed,
	{ kind, mode, modified }: Look,
	files: Pick<HostFiles, 'readFile' | 'readLink'>,
): TarEntry | undefined {
	const entry = { path: target, mode, uid: 0, gid: 0, modified: modified / 1000 };
	if (kind === 'directory') return { ...entry, kind };
	if (kind === 'symlink') return { ...entry, kind, link: files.readLink(hostPath), mode: 0o777 };
	const content = files.readFile(hostPath, rule.root);
	return content === undefined ? undefined : { ...entry, kind: 'file', ...content };
}

/** What is in a folder that may not be entered is told of as one. */
function closedProblem(hostPath: string, isClosed: (above: string) => boolean): HostProblem {
	let folder = path.dirname(hostPath);
	while (folder !== path.dirname(folder) && isClosed(folder)) folder = path.dirname(folder);
	return new HostProblem(closedText(folder));
}

export const closedText = (folder: string): string =>
	`\`${folder}\` may not be read: what containers have of it is kept as it is`;

/** It went, or something else took its place, after it was looked at: that is told, and it is copied then. */
const swapped: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EINVAL', 'EISDIR']);

function undefinedIfGone(hostPath: string, error: unknown): undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (typeof code === 'string' && swapped.has(code)) return undefined;
	if (error instanceof HostProblem) throw error;
	throw new HostProblem(`\`${hostPath}\` can't be read: ${reasonOf(error, code)}`);
}

/** The system's own text names the path once more. */
function reasonOf(error: unknown, code: unknown): string {
	if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
	return error instanceof Error ? error.message : String(error);
}
