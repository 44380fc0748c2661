import path from 'node:path';
import { type Rule, relativeBelow } from './rules.ts';
import type { TreeChange } from './tree-news.ts';

/** What a batch of changes means for one service. */
export interface ServiceWork {
	/** Where each changed path belongs in the containers, in the order of the changes. */
	readonly copies: ReadonlyMap<string, CopySource>;
	/** Those of them that are folders, or were, and whether they are there. */
	readonly folders: FolderNews;
	/** Rules that matched, each once, in the order of the file. */
	readonly matched: readonly Rule[];
	/** Changed paths of the host that mean something here. */
	readonly changed: readonly string[];
}

/** Whether the folders at paths of the containers have come or gone. */
export type FolderNews = ReadonlyMap<string, boolean>;

/** Where the content of a path in the containers comes from. */
export interface CopySource {
	readonly hostPath: string;
	/** What is below it is the rule's; nothing outside of it is read or written. */
	readonly rule: Rule;
}

/** A path in the containers and where its content comes from. */
export interface Placed {
	readonly target: string;
	readonly source: CopySource;
}

/** Every matching rule of every service applies; a path that two rules copy to one place is the later rule's. */
export function decide(changes: readonly TreeChange[], rules: readonly Rule[]): ReadonlyMap<string, ServiceWork> {
	const work = new Map<string, ServiceWork>();
	for (const [service, own] of Map.groupBy(rules, (rule) => rule.service)) {
		const found = workOf(changes, own);
		if (found.matched.length > 0) work.set(service, found);
	}
	return work;
}

function workOf(changes: readonly TreeChange[], rules: readonly Rule[]): ServiceWork {
	const copies = new Map<string, CopySource>();
	const folders = new Map<string, boolean>();
	const matched = new Set<Rule>();
	const changed = new Set<string>();
	for (const change of changes) {
		for (const rule of rules) {
			if (!rule.covers(change.path)) continue;
			matched.add(rule);
			changed.add(change.path);
			const target = targetOf(rule, change.path);
			if (target === undefined) continue;
			copies.set(target, { hostPath: change.path, rule });
			noteFolder(folders, target, change);
		}
	}
	return { copies, folders, matched: rules.filter((rule) => matched.has(rule)), changed: [...changed] };
}

function noteFolder(folders: Map<string, boolean>, target: string, { isFolder, isThere }: TreeChange): void {
	if (isFolder === true) folders.set(target, isThere);
	else folders.delete(target);
}

/** Where a path of the host belongs in a container; undefined where the rule copies nothing. */
export function targetOf(rule: Rule, hostPath: string): string | undefined {
	const relative = relativeBelow(rule.root, hostPath);
	const place = placeOf(rule);
	return place === undefined || relative === undefined ? undefined : path.posix.resolve(place, relative);
}

/** Where a rule's own path belongs in a container; undefined where it copies nothing. */
export const placeOf = ({ declared }: Rule): string | undefined =>
	declared.target === undefined || !declared.action.startsWith('sync')
		? undefined
		: path.posix.resolve('/', `./${declared.target}`);

/** What `initial_sync` copies when watching begins, by service. */
export function decideAtStart(
	paths: Iterable<string>,
	rules: readonly Rule[],
): ReadonlyMap<string, ReadonlyMap<string, CopySource>> {
	const copies = new Map<string, Map<string, CopySource>>();
	const initial = rules.filter(({ declared }) => declared.initial_sync === true);
	for (const { service } of initial) copies.set(service, new Map());
	if (initial.length === 0) return copies;
	for (const hostPath of paths) {
		for (const rule of initial) {
			const target = rule.coversAtStart(hostPath) ? targetOf(rule, hostPath) : undefined;
			if (target !== undefined) copies.get(rule.service)?.set(target, { hostPath, rule });
		}
	}
	return copies;
}
