import { closeSync, constants, fstatSync, openSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { relativeBelow } from './rules.ts';

/** Something on the host that can't be copied, and why. */
export class HostProblem extends Error {
	override readonly name = 'HostProblem';
}

export interface HostContent {
	readonly content: Uint8Array;
	readonly mode: number;
	/** Seconds since the epoch. */
	readonly modified: number;
}

/** More than this is not taken into memory. */
const largestFile = 2 ** 31;

/** A folder may be swapped for a link between a look and a read, so what was opened is asked where it is. */
export function readHostFile(hostPath: string, root: string): HostContent | undefined {
	const follow = hostPath === root ? 0 : constants.O_NOFOLLOW;
	const file = openSync(hostPath, constants.O_RDONLY | follow | constants.O_NONBLOCK);
	try {
		const stats = fstatSync(file);
		if (!stats.isFile()) return undefined;
		if (stats.size > largestFile) throw new HostProblem(`\`${hostPath}\` is larger than 2 GiB, and is left out`);
		if (!isWithin(file, root)) throw new HostProblem(`\`${hostPath}\` leads out of \`${root}\`, and is left out`);
		const content = readFileSync(file);
		return { content, mode: stats.mode & 0o7777, modified: stats.mtimeMs / 1000 };
	} finally {
		closeSync(file);
	}
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
