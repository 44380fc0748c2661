import type { Emit } from '../events/event.ts';
import type { HostFiles } from './host-files.ts';
import { closedText } from './host-view.ts';
import type { LimitTeller } from './limit-teller.ts';
import { groupRules, isOwn, type RuleGroup } from './rule-groups.ts';
import type { Rule } from './rules.ts';
import type { TreeNews } from './tree-news.ts';
import { type TreeWatcher, watchTrees } from './tree-watcher.ts';
import { ignoredByAll } from './watched-rules.ts';

/** What changed, for the rules that are followed where it was seen. */
export interface GroupNews {
	readonly news: TreeNews;
	readonly rules: readonly Rule[];
}

export interface GroupWatch extends RuleGroup {
	readonly watcher: TreeWatcher;
	isOwn(hostPath: string): boolean;
}

interface GroupsRequest {
	readonly rules: readonly Rule[];
	readonly files: HostFiles;
	readonly emit: Emit;
	readonly limits: LimitTeller;
	now(): number;
	onNews(news: GroupNews): void;
}

/** Watches each group of rules by itself. */
export function watchGroups({ rules, files, now, emit, limits, onNews }: GroupsRequest): readonly GroupWatch[] {
	const closed = new Set<string>();
	const onClosed = (folder: string): void => {
		const message = closedText(folder);
		if (!closed.has(folder))
			emit({ type: 'warning', message, hint: 'Give yourself the right to read it, or have it ignored.' });
		closed.add(folder);
	};
	const failed = new Set<string>();
	const onError = (error: unknown): void => {
		const message = `watching went wrong: ${String(error)}`;
		const hint = 'What changes there may not be seen: end this watch and start it again when that is mended.';
		if (!failed.has(message)) emit({ type: 'warning', message, hint });
		failed.add(message);
	};
	const groups = groupRules(rules, files);
	return groups.map((group) => ({
		...group,
		isOwn: isOwn(groups, group),
		watcher: watchTrees({
			roots: group.roots,
			ignoresTree: ignoredByAll(group.rules),
			files,
			now,
			onNews: (news) => onNews({ news, rules: group.rules }),
			onLimit: (limit) => limits.reached(group.roots, limit),
			onRoom: () => limits.passed(group.roots),
			onClosed,
			onError,
		}),
	}));
}
