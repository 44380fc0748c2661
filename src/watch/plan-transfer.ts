import path from 'node:path';
import type { CopySource, Placed } from './decide.ts';
import type { HostView } from './host-view.ts';

/** What is to be made equal in a container, and how: what is there on the host is copied, what is not is deleted. */
export interface Transfer {
	/** Folders before what is in them. */
	readonly copied: readonly Placed[];
	/** Paths in the container; none is below another one. */
	readonly deleted: readonly string[];
	/** Folders between the targets and what is deleted: none of them may be a link. */
	readonly between: readonly Placed[];
}

/**
 * Plans how `wanted` gets into a container. The folders between a target and what is copied come along: what is a link
 * or a file there in the container is replaced, so that nothing is ever written through it.
 */
export function planTransfer(wanted: ReadonlyMap<string, CopySource>, host: Pick<HostView, 'look'>): Transfer {
	const copied = new Map<string, Placed>();
	const solid = new Set<string>();
	const gone: Placed[] = [];
	for (const [target, source] of wanted) {
		const placed = { target, source };
		const look = host.look(source.hostPath, source.rule.root);
		if (look === undefined) {
			gone.push(placed);
			continue;
		}
		if (look.kind !== 'directory') solid.add(target);
		for (const each of [...foldersAbove(placed), placed]) {
			if (!copied.has(each.target)) copied.set(each.target, each);
		}
	}
	const paths = new Set(gone.filter((each) => !isRootAmongOthers(each, gone)).map(({ target }) => target));
	const deleted = gone.filter(
		({ target }) => paths.has(target) && !copied.has(target) && !isBelow(target, paths) && !isBelow(target, solid),
	);
	return {
		copied: [...copied.values()],
		deleted: [...new Set(deleted.map(({ target }) => target))],
		between: [...new Map(deleted.flatMap(foldersAbove).map((folder) => [folder.target, folder])).values()],
	};
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

/** A watched folder that goes takes what was in it along; what else is at the target is the container's. */
const isRootAmongOthers = ({ source: { hostPath, rule } }: Placed, gone: readonly Placed[]): boolean =>
	hostPath === rule.root && gone.some((other) => other.source.rule === rule && other.source.hostPath !== hostPath);

function isBelow(target: string, others: ReadonlySet<string>): boolean {
	for (let above = path.posix.dirname(target); above.length > 1; above = path.posix.dirname(above)) {
		if (others.has(above)) return true;
	}
	return false;
}
