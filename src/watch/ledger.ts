import {
	type Account,
	clearFolders,
	finishJob,
	isOpen,
	type Job,
	newAccount,
	nextJob,
	type Outcome,
	retryAside,
	startAnew,
	tellAccount,
	type Wanted,
} from './container-account.ts';
import type { CopySource, FolderNews } from './decide.ts';
import { newPathIndex } from './path-index.ts';
import type { Rule } from './rules.ts';

/**
 * What one service's containers must have: every path that was copied or deleted since watching began. A path of a
 * container is either open, or was made as the host was when it was last looked at, after its last change: so what
 * happens in between, in whatever order, leads to the same end. Knows no clock and touches nothing.
 */
export interface Ledger {
	/** Rises with all that opens paths. */
	readonly version: number;
	/** Paths that have changed: all containers are to be brought to them. Gives the version. */
	note(copies: Wanted, folders?: FolderNews): number;
	/**
	 * Folders that had gone with a version have stayed away: where nothing was told of them since, and a container has not
	 * started again, what it has in them goes as well.
	 */
	clear(version: number, folders: Iterable<string>): void;
	/** At and below these paths something may have been there for a moment: what was copied of it is open again. */
	suspect(targets: Iterable<string>): void;
	/** The container runs, from now on or again: nobody knows what it has. */
	up(container: string): void;
	/** It can't take anything now. */
	down(container: string): void;
	gone(container: string): void;
	hasWork(container: string): boolean;
	/** Takes what is to be done, to be finished before the next one is taken. */
	next(container: string): Job | undefined;
	/** Whether the container has not started again since the job was taken: nobody knows what it has then. */
	isCurrent(container: string, job: Job): boolean;
	finish(container: string, job: Job, outcome: Outcome): void;
	/** Opens what was set aside. */
	retry(container: string): void;
	/** What of these paths was set aside. */
	setAside(container: string, targets: Iterable<string>): readonly string[];
	/** Whether the container has all that was noted up to a version, but for what was refused. */
	has(container: string, version: number): boolean;
	/** Whether one of the paths was refused. */
	lacks(container: string, targets: Iterable<string>): boolean;
}

export function newLedger(): Ledger {
	const accounts = new Map<string, Account>();
	const known = newKnown((target) => {
		for (const account of accounts.values()) account.open.add(target);
	});
	return {
		get version() {
			return known.version;
		},
		note(copies, folders = new Map()) {
			const version = known.note(copies);
			for (const account of accounts.values()) {
				for (const target of copies.keys()) tellAccount(account, { target, isThere: folders.get(target), version });
			}
			return version;
		},
		clear(version, folders) {
			for (const account of accounts.values()) clearFolders(account, version, folders);
			known.rise();
		},
		suspect: known.suspect,
		up(container) {
			const account = accounts.get(container) ?? newAccount();
			accounts.set(container, account);
			startAnew(account);
		},
		down(container) {
			const account = accounts.get(container);
			if (account !== undefined) account.isUp = false;
		},
		gone: (container) => void accounts.delete(container),
		hasWork(container) {
			const account = accounts.get(container);
			return account?.isUp === true && isOpen(account, known.entries.size);
		},
		next(container) {
			const account = accounts.get(container);
			return account?.isUp === true ? nextJob(account, known) : undefined;
		},
		isCurrent: (container, { epoch }) => accounts.get(container)?.epoch === epoch,
		finish(container, job, outcome) {
			const account = accounts.get(container);
			if (account !== undefined) finishJob(account, job, outcome, known.from);
		},
		retry(container) {
			const account = accounts.get(container);
			if (account !== undefined) retryAside(account);
		},
		has(container, noted) {
			const account = accounts.get(container);
			return account === undefined || account.done >= noted;
		},
		setAside(container, targets) {
			const aside = accounts.get(container)?.aside;
			return [...targets].filter((target) => aside?.has(target));
		},
		lacks(container, targets) {
			const aside = accounts.get(container)?.aside;
			if (aside === undefined || aside.size === 0) return false;
			for (const target of targets) if (aside.has(target)) return true;
			return false;
		},
	};
}

/** What all containers must have. */
function newKnown(open: (target: string) => void) {
	const entries = new Map<string, CopySource>();
	const index = newPathIndex();
	const rules = new Set<Rule>();
	let version = 0;
	/** What comes or goes may have hidden what other rules have below it, or taken it along. */
	const openOthers = (target: string, rule: Rule): void => {
		for (const each of index.from(target)) if (entries.get(each)?.rule !== rule) open(each);
	};
	return {
		entries,
		from: (target: string) => index.from(target),
		get version() {
			return version;
		},
		note(copies: Wanted): number {
			for (const [target, source] of copies) {
				entries.set(target, source);
				index.add(target);
				open(target);
				rules.add(source.rule);
				if (rules.size > 1) openOthers(target, source.rule);
			}
			version += 1;
			return version;
		},
		suspect(targets: Iterable<string>): void {
			for (const target of targets) for (const each of index.from(target)) open(each);
			version += 1;
		},
		rise(): void {
			version += 1;
		},
	};
}
