import path from 'node:path';
import { type CopySource, type Placed, placeOf } from './decide.ts';
import type { Look } from './host-files.ts';
import type { HostView } from './host-view.ts';
import { type Rule, relativeBelow } from './rules.ts';

/** What belongs where in a service's containers, as the host is at one moment. */
export interface Layout {
	/** What is to be at a place; undefined where nothing is, or what is not copied. */
	at(placed: Placed): Placed | undefined;
	/**
	 * What is to be above a place, from the outside in: the folders below the target of its rule, and what other rules
	 * have there.
	 */
	above(placed: Placed): readonly Placed[];
	/** Where other rules may have had folders above a place, and have them no more. */
	aboveOfOthers(placed: Placed): readonly Placed[];
	/** Whether another rule may have something below the place: what is deleted there takes nothing along. */
	isShared(placed: Placed): boolean;
	/** Whether the place is only ever a rule's own target, in which the container may have more. */
	isTarget(placed: Placed): boolean;
}

export type Looking = Pick<HostView, 'look'>;

/** Where two rules of a service have something for the same place, the later one's is there. */
export function newLayouts(rules: readonly Rule[]): (host: Looking) => Layout {
	const copying = rules.filter((rule) => placeOf(rule) !== undefined);
	const meets = (rule: Rule): boolean =>
		copying.some((other) => other !== rule && relativeBelow(placeOf(rule) ?? '', placeOf(other) ?? '') !== undefined);
	return copying.some(meets) ? (host) => sharedLayout(copying, host) : plainLayout;
}

/** No rule has anything to do with another one. */
const plainLayout = (host: Looking): Layout => ({
	at: (placed) => (kindOf(placed.source, host) === undefined ? undefined : placed),
	above: foldersAbove,
	aboveOfOthers: () => [],
	isShared: () => false,
	isTarget: isRoot,
});

function sharedLayout(copying: readonly Rule[], host: Looking): Layout {
	const known = new Map<string, Placed | undefined>();
	const lastFirst = copying.toReversed();
	const sourcesOf = (target: string): readonly CopySource[] =>
		lastFirst.flatMap((rule) => sourceOf(rule, target) ?? []);
	const isThere = (source: CopySource): boolean => kindOf(source, host) !== undefined;
	const find = (target: string): Placed | undefined => {
		const source = sourcesOf(target).find((each) => each.rule.covers(each.hostPath) && isThere(each));
		return source === undefined ? undefined : { target, source };
	};
	const winner = (target: string): Placed | undefined => {
		if (!known.has(target)) known.set(target, find(target));
		return known.get(target);
	};
	const isFolder = ({ source }: Placed): boolean => {
		const kind = kindOf(source, host);
		return kind === 'directory' || kind === 'closed';
	};
	return {
		at({ target }) {
			// A rule's own path that is a file never takes the place of a folder.
			const isBuried = ancestorsOf(target).some((above) => buries(winner(above), isFolder));
			return isBuried ? undefined : winner(target);
		},
		above(placed) {
			const own = new Map(foldersAbove(placed).map((folder) => [folder.target, folder]));
			return ancestorsOf(placed.target).flatMap((above) => {
				const folder = own.get(above);
				const first = winner(above);
				// A rule's own target is made by what is copied into it, and a file never takes its place if it is a folder.
				if (first !== undefined && isRoot(first)) return folder !== undefined && isFolder(first) ? first : [];
				return first ?? folder ?? [];
			});
		},
		aboveOfOthers: ({ target, source: { rule } }) =>
			ancestorsOf(target).flatMap((above) =>
				sourcesOf(above)
					.filter((source) => source.rule !== rule && source.hostPath !== source.rule.root)
					.map((source) => ({ target: above, source })),
			),
		isShared: ({ target, source }) =>
			copying.some((rule) => {
				if (rule === source.rule) return false;
				const other = sourceOf(rule, target);
				if (other === undefined) return relativeBelow(target, placeOf(rule) ?? '') !== undefined;
				return other.hostPath === rule.root || (isThere(other) && !rule.ignoresTree(other.hostPath));
			}),
		isTarget: ({ target }) => sourcesOf(target).every(({ hostPath, rule }) => hostPath === rule.root),
	};
}

const buries = (placed: Placed | undefined, isFolder: (placed: Placed) => boolean): boolean =>
	placed !== undefined && !isFolder(placed) && !isRoot(placed);

/** Undefined also for what is never copied. */
function kindOf({ hostPath, rule }: CopySource, host: Looking): Exclude<Look['kind'], 'other'> | undefined {
	const kind = host.look(hostPath, rule.root)?.kind;
	return kind === 'other' ? undefined : kind;
}

/** What of the host a rule has for a place. */
function sourceOf(rule: Rule, target: string): CopySource | undefined {
	const relative = relativeBelow(placeOf(rule) ?? '', target);
	if (relative === undefined) return undefined;
	return { hostPath: relative === '' ? rule.root : path.posix.join(rule.root, relative), rule };
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

/** What a path is in, from the outside in, without `/`. */
export function ancestorsOf(target: string): readonly string[] {
	const found: string[] = [];
	for (let above = path.posix.dirname(target); above.length > 1; above = path.posix.dirname(above)) {
		found.unshift(above);
	}
	return found;
}
