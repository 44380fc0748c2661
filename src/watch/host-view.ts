import { closeSync, constants, fstatSync, openSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { TarEntry } from '../execute/tar-archive.ts';
import type { Placed } from './decide.ts';
import type { HostFiles, Look } from './host-files.ts';
import { relativeBelow } from './rules.ts';

/** What is there on the host at one moment, each path looked at once. */
export interface HostView {
	/** Undefined also where a folder between the rule's path and this one is a link: what is behind it is not watched. */
	look(hostPath: string, root: string): Look | undefined;
	/** Undefined where nothing is that can be copied; throws a `HostProblem` where it may not be read. */
	read(placed: Placed): TarEntry | undefined;
}

/** Something on the host that can't be copied, and why. */
export class HostProblem extends Error {
	override readonly name = 'HostProblem';
}

/** More than this is not taken into memory. */
const largestFile = 2 ** 31;

export function viewHost(files: Pick<HostFiles, 'look'>): HostView {
	const seen = new Map<string, Look | undefined>();
	const lookAt = (hostPath: string): Look | undefined => {
		if (!seen.has(hostPath)) seen.set(hostPath, files.look(hostPath));
		return seen.get(hostPath);
	};
	const look = (hostPath: string, root: string): Look | undefined => {
		for (let above = path.dirname(hostPath); relativeBelow(root, above) !== undefined; above = path.dirname(above)) {
			if (lookAt(above)?.kind !== 'directory') return undefined;
		}
		return lookAt(hostPath);
	};
	return {
		look,
		read({ target, source: { hostPath, rule } }) {
			const found = look(hostPath, rule.root);
			if (found === undefined) return undefined;
			const { mode, modified } = found;
			const entry = { path: target, mode, uid: 0, gid: 0, modified: Math.floor(modified / 1000) };
			if (found.kind === 'directory') return { ...entry, kind: 'directory' };
			if (found.kind === 'other') return undefined;
			try {
				if (found.kind === 'symlink') return { ...entry, kind: 'symlink', link: readlinkSync(hostPath), mode: 0o777 };
				return { ...entry, ...readFile(hostPath, rule.root) };
			} catch (error) {
				return undefinedIfGone(hostPath, error);
			}
		},
	};
}

/** A folder may be swapped for a link between a look and a read, so what was opened is asked where it is. */
function readFile(hostPath: string, root: string) {
	const file = openSync(hostPath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const stats = fstatSync(file);
		if (!stats.isFile()) throw new HostProblem(`\`${hostPath}\` is no file any more`);
		if (stats.size > largestFile) throw new HostProblem(`\`${hostPath}\` is larger than 2 GiB, and is left out`);
		if (!isWithin(file, root)) throw new HostProblem(`\`${hostPath}\` leads out of \`${root}\`, and is left out`);
		const content = readFileSync(file);
		return { kind: 'file' as const, content, mode: stats.mode & 0o7777, modified: Math.floor(stats.mtimeMs / 1000) };
	} finally {
		closeSync(file);
	}
}

/** Only Linux tells where an open file is; elsewhere the looks before have to do. */
function isWithin(file: number, root: string): boolean {
	if (process.platform !== 'linux') return true;
	const place = readlinkSync(`/proc/self/fd/${file}`).replace(/ \(deleted\)$/, '');
	return relativeBelow(realRoot(root), place) !== undefined;
}

const realRoots = new Map<string, string>();

function realRoot(root: string): string {
	const known = realRoots.get(root) ?? realpathSync(root);
	realRoots.set(root, known);
	return known;
}

function undefinedIfGone(hostPath: string, error: unknown): undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
	if (error instanceof HostProblem) throw error;
	throw new HostProblem(`\`${hostPath}\` can't be read: ${error instanceof Error ? error.message : String(error)}`);
}
