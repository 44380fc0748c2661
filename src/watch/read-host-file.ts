import { closeSync, constants, fstatSync, openSync, readFileSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import type { FileContent } from '../execute/tar-archive.ts';
import { relativeBelow } from './rules.ts';

/** Something on the host that can't be copied, and why. */
export class HostProblem extends Error {
	override readonly name = 'HostProblem';
}

export interface HostContent {
	readonly content: Uint8Array | FileContent;
	readonly mode: number;
	/** Seconds since the epoch. */
	readonly modified: number;
}

/** A file of more bytes is not taken into memory: it is read again, piece by piece, where it goes. */
const largestWhole = 8 * 2 ** 20;
const pieceBytes = 2 ** 18;

/** Undefined where it is no file. */
export function readHostFile(hostPath: string, root: string): HostContent | undefined {
	return withFile(hostPath, root, (file) => {
		const stats = fstatSync(file);
		if (!stats.isFile()) return undefined;
		refuseOutside(file, hostPath, root);
		const content = stats.size > largestWhole ? contentInPieces(hostPath, root, stats.size) : readFileSync(file);
		return { content, mode: stats.mode & 0o7777, modified: stats.mtimeMs / 1000 };
	});
}

function withFile<T>(hostPath: string, root: string, act: (file: number) => T): T {
	const file = openBelow(hostPath, root);
	try {
		return act(file);
	} finally {
		closeSync(file);
	}
}

function openBelow(hostPath: string, root: string): number {
	const follow = hostPath === root ? 0 : constants.O_NOFOLLOW;
	return openSync(hostPath, constants.O_RDONLY | follow | constants.O_NONBLOCK);
}

/** What is written to it meanwhile is told as a change, so no more than its size at first is read. */
const contentInPieces = (hostPath: string, root: string, length: number): FileContent => ({
	length,
	*pieces() {
		const file = openAgain(hostPath, root);
		try {
			refuseOutside(file, hostPath, root);
			for (let at = 0; at < length; ) {
				const piece = Buffer.allocUnsafe(Math.min(pieceBytes, length - at));
				const read = readSync(file, piece, 0, piece.length, at);
				if (read === 0) throw new HostProblem(`\`${hostPath}\` became shorter while it was copied`);
				yield piece.subarray(0, read);
				at += read;
			}
		} finally {
			closeSync(file);
		}
	},
});

function openAgain(hostPath: string, root: string): number {
	try {
		return openBelow(hostPath, root);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new HostProblem(`\`${hostPath}\` changed while it was copied: ${reason}`);
	}
}

/** A folder may be swapped for a link between a look and a read, so what was opened is asked where it is. */
function refuseOutside(file: number, hostPath: string, root: string): void {
	if (!isWithin(file, root)) throw new HostProblem(`\`${hostPath}\` leads out of \`${root}\`, and is left out`);
}

/** Only Linux tells where an open file is; elsewhere the looks before have to do. */
function isWithin(file: number, root: string): boolean {
	if (process.platform !== 'linux') return true;
	const place = readlinkSync(`/proc/self/fd/${file}`).replace(/ \(deleted\)$/, '');
	if (isBelowReal(root, place)) return true;
	// The rule's own path may be a link that leads elsewhere since.
	realRoots.delete(root);
	return isBelowReal(root, place);
}

const isBelowReal = (root: string, place: string): boolean => relativeBelow(realRoot(root), place) !== undefined;

const realRoots = new Map<string, string>();

function realRoot(root: string): string {
	const known = realRoots.get(root) ?? realpathSync(root);
	realRoots.set(root, known);
	return known;
}
