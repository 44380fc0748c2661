import path from 'node:path';
import type { HostFiles } from './host-files.ts';
import { type Rule, relativeBelow } from './rules.ts';
import { outermostRoots } from './watched-rules.ts';

/** Rules that are followed together, by one look at each folder. */
export interface RuleGroup {
	/** None of them below another one. */
	readonly roots: readonly string[];
	readonly rules: readonly Rule[];
}

/**
 * A path that lies in another rule's is followed along with it, but where a link leads to it, or nothing is there yet:
 * who follows the folder above sees the link, and not what is behind it.
 */
export function groupRules(rules: readonly Rule[], files: Pick<HostFiles, 'look'>): readonly RuleGroup[] {
	if (rules.length === 0) return [];
	const roots = outermostRoots(rules);
	const { along = [], apart = [] } = Object.groupBy(rules, ({ root }) =>
		roots.some((outer) => isSeenFrom(outer, root, files)) ? 'along' : 'apart',
	);
	return [{ roots, rules: along }, ...groupRules(apart, files)];
}

/** Whether only folders lead from one path to another below it, which is no link either. */
function isSeenFrom(outer: string, root: string, files: Pick<HostFiles, 'look'>): boolean {
	if (root === outer) return true;
	if (relativeBelow(outer, root) === undefined) return false;
	const kind = files.look(root)?.kind;
	if (kind !== 'directory' && kind !== 'file') return false;
	for (let above = path.dirname(root); above !== outer; above = path.dirname(above)) {
		if (files.look(above)?.kind !== 'directory') return false;
	}
	return true;
}

/** Those of a group's rules to whose path a link leads by now: the group sees the link, and not what is behind it. */
export const behindLinks = ({ roots, rules }: RuleGroup, files: Pick<HostFiles, 'look'>): readonly Rule[] =>
	rules.filter(({ root }) => roots.some((outer) => isAbove(outer, root) && isBehindLink(outer, root, files)));

function isBehindLink(outer: string, root: string, files: Pick<HostFiles, 'look'>): boolean {
	for (let each = root; each !== outer; each = path.dirname(each)) {
		if (files.look(each)?.kind === 'symlink') return true;
	}
	return false;
}

/** Whether what is at a path is told to a rule by its own group: behind another group's root it is the other one's. */
export const isOwn =
	(groups: readonly RuleGroup[], { rules }: RuleGroup) =>
	(hostPath: string): boolean =>
		!groups.some(
			(group) =>
				group.rules !== rules &&
				group.roots.some(
					(root) => (relativeBelow(root, hostPath) ?? '') !== '' && rules.some((rule) => isAbove(rule.root, root)),
				),
		);

const isAbove = (folder: string, below: string): boolean => (relativeBelow(folder, below) ?? '') !== '';
