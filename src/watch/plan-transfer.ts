import path from 'node:path';
import type { CopySource, Placed } from './decide.ts';
import type { HostView } from './host-view.ts';

/** What is to be made equal in a container, and how: what is there on the host is copied, what is not is deleted. */
export interface Transfer {
	/** Folders before what is in them. */
	readonly copied: readonly Placed[];
	/** All that is not in the container when it is done. */
	readonly gone: readonly string[];
	/** Paths in the container that take all of it along; none is below another one. */
	readonly deleted: readonly string[];
	/** As `deleted`, but only where it is no folder: the rule's own target, in which the container may have more. */
	readonly deletedFiles: readonly string[];
	/** Folders between the targets and what is deleted: none of them may be a link or a file. */
	readonly between: readonly Placed[];
	/** Neither file, folder nor link on the host: a container gets nothing in its place. */
	readonly leftOut: readonly Placed[];
}

interface Sorted {
	readonly copied: Map<string, Placed>;
	readonly gone: Map<string, Placed>;
	readonly leftOut: Placed[];
}

/**
 * Plans how `wanted` gets into a container. The folders between a target and what is copied come along: what is a link
 * or a file there in the container is replaced, so that nothing is ever written through it. What is `absent` from the
 * container is not deleted again.
 */
export function planTransfer(
	wanted: ReadonlyMap<string, CopySource>,
	host: Pick<HostView, 'look'>,
	absent: ReadonlySet<string> = new Set(),
): Transfer {
	const sorted: Sorted = { copied: new Map(), gone: new Map(), leftOut: [] };
	for (const [target, source] of wanted) sort({ target, source }, host, sorted);
	const { copied, gone, leftOut } = sorted;
	const doomed = [...gone.values()].filter(({ target }) => !absent.has(target) && !copied.has(target));
	const [roots, others] = [doomed.filter(isRoot), doomed.filter((placed) => !isRoot(placed))];
	const targets = new Set(others.map(({ target }) => target));
	const deleted = others.filter(({ target }) => !isBelow(target, (above) => targets.has(above)));
	return {
		copied: [...copied.values()],
		gone: [...gone.keys()].filter((target) => !copied.has(target)),
		deleted: deleted.map(({ target }) => target),
		deletedFiles: roots.map(({ target }) => target),
		between: [...new Map(deleted.flatMap(foldersAbove).map((folder) => [folder.target, folder])).values()],
		leftOut,
	};
}

function sort(placed: Placed, host: Pick<HostView, 'look'>, { copied, gone, leftOut }: Sorted): void {
	const { target, source } = placed;
	const kind = host.look(source.hostPath, source.rule.root)?.kind;
	if (kind === undefined || kind === 'other') {
		const instead = kind === undefined ? standsInstead(placed, host) : undefined;
		if (instead === undefined) gone.set(target, placed);
		else addWithFolders(instead, copied);
		if (kind === 'other') leftOut.push(placed);
	} else addWithFolders(placed, copied);
}

function addWithFolders(placed: Placed, copied: Map<string, Placed>): void {
	for (const each of [...foldersAbove(placed), placed]) {
		if (!copied.has(each.target)) copied.set(each.target, each);
	}
}

/** The file or link that is now where a folder above the path was: with it in its place, the path is gone as well. */
function standsInstead(placed: Placed, host: Pick<HostView, 'look'>): Placed | undefined {
	return foldersAbove(placed).find(({ source: { hostPath, rule } }) => {
		const kind = host.look(hostPath, rule.root)?.kind;
		return (kind === 'file' || kind === 'symlink') && rule.covers(hostPath);
	});
}

/** The folders below the rule's target that a path is in, from the outside in. */
function foldersAbove({ target, source: { hostPath, rule } }: Placed): readonly Placed[] {
	const folders: Placed[] = [];
	let [above, source] = [path.posix.dirname(target), path.posix.dirname(hostPath)];
	while (source.length > rule.root.length) {
		folders.unshift({ target: above, source: { hostPath: source, rule } });
		[above, source] = [path.posix.dirname(above), path.posix.dirname(source)];
	}
	return folders;
}

const isRoot = ({ source: { hostPath, rule } }: Placed): boolean => hostPath === rule.root;

function isBelow(target: string, isOne: (above: string) => boolean): boolean {
	for (let above = path.posix.dirname(target); above.length > 1; above = path.posix.dirname(above)) {
		if (isOne(above)) return true;
	}
	return false;
}
