import path from 'node:path';
import type { CopySource, Placed } from './decide.ts';
import type { HostView } from './host-view.ts';
import type { Layout } from './layout.ts';

/** What is to be made equal in a container, and how: what is there on the host is copied, what is not is deleted. */
export interface Transfer {
	/** Folders before what is in them. */
	readonly copied: readonly Placed[];
	/** Those of them that are files or links and never take the place of a folder: the container may have its own in it. */
	readonly modest: ReadonlySet<string>;
	/** All that is not in the container when it is done. */
	readonly gone: readonly string[];
	/** Paths in the container that take all of it along; none is below another one. */
	readonly deleted: readonly string[];
	/** Deleted only where they are no folders. */
	readonly deletedFiles: readonly string[];
	/** Deleted only where they are empty folders, what is in them before them. */
	readonly deletedFolders: readonly string[];
	/** Folders between the targets and what is deleted: none of them may be a link or a file. */
	readonly between: readonly Placed[];
	/** Neither file, folder nor link on the host: a container gets nothing in its place. */
	readonly leftOut: readonly Placed[];
}

export interface Wish {
	readonly wanted: ReadonlyMap<string, CopySource>;
	/** Certainly not in the container: not deleted again. */
	readonly absent: ReadonlySet<string>;
	/**
	 * Told to have changed while the container ran: what is there then gives way with all that is in it. Elsewhere only
	 * what labc itself has put there does.
	 */
	readonly told: ReadonlySet<string>;
	/** Folders: what is there has to go with all that is in it. */
	readonly cleared: ReadonlySet<string>;
}

interface Sorted {
	readonly copied: Map<string, Placed>;
	/** What of it takes the place of whatever is there. */
	readonly bold: Set<string>;
	readonly gone: Map<string, Placed>;
	readonly leftOut: Placed[];
}

interface Place {
	readonly host: Pick<HostView, 'look'>;
	readonly layout: Layout;
}

/**
 * Plans how `wanted` gets into a container. The folders between a target and what is copied come along: what is a link
 * or a file there in the container is replaced, so that nothing is ever written through it.
 */
export function planTransfer(wish: Wish, place: Place): Transfer {
	const { copied, bold, gone, leftOut } = sort(wish, place);
	const { absent, told, cleared } = wish;
	const { layout } = place;
	const doomed = [...gone.values()].filter(({ target }) => !absent.has(target) && !copied.has(target));
	const [roots, others] = halves(doomed, layout.isTarget);
	const isWhole = ({ target }: Placed): boolean => told.has(target) || cleared.has(target);
	const [whole, parts] = halves(others, (placed) => isWhole(placed) && !layout.isShared(placed));
	const wholes = new Set(whole.map(({ target }) => target));
	const isOutside = ({ target }: Placed): boolean => !isBelow(target, (above) => wholes.has(above));
	// A link goes before what would be deleted behind it.
	const single = parts.filter(isOutside).sort((one, other) => order(one.target, other.target));
	const removed = whole.filter(isOutside);
	const goes = new Set([...removed, ...single].map(({ target }) => target));
	// What was the last in a folder that is gone as well takes it along.
	const left = [...removed, ...single]
		.flatMap((placed) => [...layout.above(placed), ...layout.aboveOfOthers(placed)])
		.filter((folder) => layout.at(folder) === undefined && isCovered(folder));
	const between = [...removed, ...single, ...left].flatMap(layout.above).filter(({ target }) => !goes.has(target));
	return {
		copied: [...copied.values()],
		modest: new Set(targetsOf([...copied.values()].filter((placed) => isModest(placed, bold, place)))),
		gone: [...gone.keys()].filter((target) => !copied.has(target)),
		deleted: targetsOf(removed),
		deletedFiles: targetsOf([...roots, ...single]),
		deletedFolders: [...new Set(targetsOf([...single, ...left]))].sort(order).toReversed(),
		between: [...new Map(between.map((folder) => [folder.target, folder])).values()],
		leftOut,
	};
}

function sort({ wanted, told }: Wish, place: Place): Sorted {
	const sorted: Sorted = { copied: new Map(), bold: new Set(), gone: new Map(), leftOut: [] };
	for (const [target, source] of wanted) sortOne({ target, source }, told.has(target), { sorted, ...place });
	return sorted;
}

function sortOne(placed: Placed, isTold: boolean, { sorted, ...place }: Place & { readonly sorted: Sorted }): void {
	const { host, layout } = place;
	const { hostPath, rule } = placed.source;
	const there = layout.at(placed);
	const found = there ?? standsInstead(placed, place);
	if (found !== undefined) addWithFolders(found, { copied: sorted.copied, layout });
	// What takes the place of a folder boldly takes what is in it along.
	if (found !== undefined && isTold) sorted.bold.add(found.target);
	else if (there === undefined) sorted.gone.set(placed.target, placed);
	if (found === undefined && host.look(hostPath, rule.root)?.kind === 'other') sorted.leftOut.push(placed);
}

function addWithFolders(placed: Placed, { copied, layout }: Pick<Sorted, 'copied'> & Pick<Place, 'layout'>): void {
	for (const each of [...layout.above(placed), placed]) if (!copied.has(each.target)) copied.set(each.target, each);
}

/** The file or link that is now where a folder above the path was: with it in its place, the path is gone as well. */
function standsInstead(placed: Placed, { host, layout }: Place): Placed | undefined {
	return layout.above(placed).find(({ source: { hostPath, rule } }) => {
		const kind = host.look(hostPath, rule.root)?.kind;
		return (kind === 'file' || kind === 'symlink') && rule.covers(hostPath);
	});
}

/** What the container has at a rule's own target may be a folder of its own, which stays, whatever was told. */
function isModest({ target, source }: Placed, bold: ReadonlySet<string>, { host }: Place): boolean {
	const { hostPath, rule } = source;
	return (!bold.has(target) || hostPath === rule.root) && host.look(hostPath, rule.root)?.kind !== 'directory';
}

function halves<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
	return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

const isCovered = ({ source: { hostPath, rule } }: Placed): boolean => rule.covers(hostPath);

const targetsOf = (placed: readonly Placed[]): readonly string[] => placed.map(({ target }) => target);

const order = (one: string, other: string): number => one.split('/').length - other.split('/').length;

function isBelow(target: string, isOne: (above: string) => boolean): boolean {
	for (let above = path.posix.dirname(target); above.length > 1; above = path.posix.dirname(above)) {
		if (isOne(above)) return true;
	}
	return false;
}
