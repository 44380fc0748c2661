import type { Emit } from '../events/event.ts';
import type { HostFiles } from './host-files.ts';
import { closedText } from './host-view.ts';
import type { LimitTeller } from './limit-teller.ts';
import { behindLinks, groupRules, isOwn, type RuleGroup } from './rule-groups.ts';
import { type Rule, relativeBelow } from './rules.ts';
import type { Tree } from './tree.ts';
import type { TreeNews } from './tree-news.ts';
import { type TreeWatcher, watchTrees } from './tree-watcher.ts';
import { withoutUnnamed } from './unnamed-files.ts';
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

export interface GroupWatches {
	/** As the rules were followed when watching began. */
	readonly first: readonly GroupWatch[];
	/** Of all that is watched by now. */
	trees(): readonly Tree[];
	close(): void;
}

/**
 * Watches each group of rules by itself. What a link leads to by now that was a folder or a file before is watched apart
 * from then on.
 */
export function watchGroups({ rules, now, emit, limits, onNews, ...request }: GroupsRequest): GroupWatches {
	const { onClosed, onUnnamed, onError } = newTeller(emit);
	const files = withoutUnnamed(request.files, onUnnamed);
	const all: GroupWatch[] = [];
	let isClosed = false;
	const open = (group: RuleGroup): Omit<GroupWatch, 'isOwn'> => {
		const { roots } = group;
		let own = group.rules;
		const watcher = watchTrees({
			roots,
			ignoresTree: ignoredByAll(own),
			files,
			now,
			onNews(news) {
				onNews({ news, rules: own });
				if (isClosed || !touchesRoot(news, { roots, rules: own })) return;
				const behind = behindLinks({ roots, rules: own }, files);
				own = own.filter((rule) => !behind.includes(rule));
				for (const apart of groupRules(behind, files)) follow(apart);
			},
			onLimit: (limit) => limits.reached(roots, limit),
			onRoom: () => limits.passed(roots),
			onClosed,
			onError,
		});
		return { ...group, watcher };
	};
	/** All that is behind a link that came is new. */
	const follow = (group: RuleGroup): void => {
		const { watcher } = open(group);
		all.push({ ...group, watcher, isOwn: () => true });
		const tell = (): void => {
			const changes = [...watcher.tree.paths()].map((each) => ({ path: each, isThere: true }));
			onNews({ news: { changes, suspects: group.roots }, rules: group.rules });
		};
		watcher.ready.then(tell).catch(onError);
	};
	const groups = groupRules(rules, files);
	all.push(...groups.map((group) => ({ ...open(group), isOwn: isOwn(groups, group) })));
	return {
		first: [...all],
		trees: () => all.map(({ watcher }) => watcher.tree),
		close() {
			isClosed = true;
			for (const { watcher, roots } of all) {
				watcher.close();
				limits.left(roots);
			}
		},
	};
}

/** Whether a path that changed is, or leads to, one that a rule has below another one's. */
const touchesRoot = ({ changes }: TreeNews, { roots, rules }: RuleGroup): boolean =>
	rules.some(
		({ root }) => !roots.includes(root) && changes.some(({ path }) => relativeBelow(path, root) !== undefined),
	);

/** Tells each thing once, for all groups. */
function newTeller(emit: Emit) {
	const closed = new Set<string>();
	const onClosed = (folder: string): void => {
		const message = closedText(folder);
		if (!closed.has(folder))
			emit({ type: 'warning', message, hint: 'Give yourself the right to read it, or have it ignored.' });
		closed.add(folder);
	};
	const unnamed = new Set<string>();
	const onUnnamed = (file: string): void => {
		const message = `\`${file}\` is left out: its name is not UTF-8`;
		if (!unnamed.has(file)) emit({ type: 'warning', message, hint: 'Rename it.' });
		unnamed.add(file);
	};
	const failed = new Set<string>();
	const onError = (error: unknown): void => {
		const message = `watching went wrong: ${String(error)}`;
		const hint = 'What changes there may not be seen: end this watch and start it again when that is mended.';
		if (!failed.has(message)) emit({ type: 'warning', message, hint });
		failed.add(message);
	};
	return { onClosed, onUnnamed, onError };
}
