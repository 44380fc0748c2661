import type { CopySource } from './decide.ts';

/** Where the content of each path comes from. */
export type Wanted = ReadonlyMap<string, CopySource>;

/** What is to be done for a container next. The host is looked at while it is done, never before. */
export type Job = { readonly epoch: number } & (
	| { readonly kind: 'compare'; readonly entries: Wanted }
	| {
			readonly kind: 'send';
			readonly wanted: Wanted;
			/** Those of them that certainly are not in the container. */
			readonly absent: ReadonlySet<string>;
			/** Those of them that were told to have changed while it ran. */
			readonly told: ReadonlySet<string>;
			/** Those of them that are folders which have stayed away: what it has in them goes as well. */
			readonly cleared: ReadonlySet<string>;
			/** How often it was refused. */
			readonly refusals: number;
			/** It is what a comparison found, or what was refused before: nobody waits for it. */
			readonly isRepair: boolean;
	  }
);

export type SendJob = Extract<Job, { kind: 'send' }>;

/** What was done to a container's paths; all of it only where the job did not fail. */
interface Doings {
	readonly copied: readonly string[];
	readonly deleted: readonly string[];
}

/** What was left out, since the container has folders with something in them in its place. */
interface Kept {
	readonly targets: ReadonlySet<string>;
	readonly reason: string;
}

export type Outcome =
	| { readonly kind: 'compared'; readonly different: readonly string[] }
	| ({ readonly kind: 'sent'; readonly kept?: Kept | undefined } & Doings)
	/** The engine looked at it and does not want it; `isWhole`: whatever is sent. */
	| ({ readonly kind: 'refused'; readonly reason: string; readonly isWhole: boolean } & Doings)
	/** Nobody knows how far it came. */
	| ({ readonly kind: 'broken off' } & Doings);

interface Group {
	readonly targets: readonly string[];
	readonly told: ReadonlySet<string>;
	readonly refusals: number;
	readonly isRepair: boolean;
}

/** What is to be done for one container, and what of its files is certain. */
export interface Account {
	isUp: boolean;
	/** Rises with each start of the container. */
	epoch: number;
	needsCompare: boolean;
	/** Changed since it was last taken. */
	readonly open: Set<string>;
	/** Those of them that were told since the container last started, so that nothing of its own can depend on it. */
	readonly told: Set<string>;
	/** Folders that were told to have gone since it last started, and with which version. */
	readonly away: Map<string, number>;
	/** Those that have stayed away, until that is done. */
	readonly cleared: Set<string>;
	/** Taken and not yet done. */
	groups: readonly Group[];
	/** Refused alone, with all the rest, or with so many others that it was not found out which of them. */
	readonly aside: Set<string>;
	/** Those of them that were refused alone. */
	readonly alone: Set<string>;
	/** How often something was refused since something else was last taken. */
	refusals: number;
	/** Deleted since it last started, and not copied again: need not be deleted once more. */
	readonly absent: Set<string>;
	/** The version that was last taken, and the last one that is done. */
	taken: number;
	done: number;
}

export const newAccount = (): Account => ({
	isUp: true,
	epoch: 0,
	needsCompare: true,
	open: new Set(),
	told: new Set(),
	away: new Map(),
	cleared: new Set(),
	groups: [],
	aside: new Set(),
	alone: new Set(),
	refusals: 0,
	absent: new Set(),
	taken: 0,
	done: 0,
});

export const isOpen = ({ needsCompare, groups, open }: Account, known: number): boolean =>
	(needsCompare && known > 0) || groups.length > 0 || open.size > 0;

/** What is known to all containers of the service. */
export interface Known {
	readonly entries: Wanted;
	readonly version: number;
}

export function nextJob(account: Account, { entries, version }: Known): Job | undefined {
	const { epoch, open, absent, cleared } = account;
	if (account.needsCompare) {
		account.needsCompare = false;
		const settled = withoutOpen(account, entries);
		if (settled.size > 0) return { kind: 'compare', epoch, entries: settled };
	}
	if (account.groups.length === 0) {
		account.taken = version;
		if (open.size === 0) {
			account.done = version;
			return undefined;
		}
		account.refusals = 0;
		account.groups = [{ targets: [...open], told: new Set(account.told), refusals: 0, isRepair: false }];
		open.clear();
		account.told.clear();
	}
	const [group, ...others] = account.groups;
	if (group === undefined) return undefined;
	account.groups = others;
	const { targets, told, refusals, isRepair } = group;
	return {
		...{ kind: 'send', epoch, wanted: select(entries, targets), told, refusals, isRepair },
		// A folder with something in it was left where it is.
		absent: new Set(targets.filter((target) => absent.has(target) && !cleared.has(target))),
		cleared: new Set(isRepair ? [] : targets.filter((target) => cleared.has(target))),
	};
}

interface Telling {
	readonly target: string;
	/** Of a folder; undefined where the path is something else. */
	readonly isThere: boolean | undefined;
	readonly version: number;
}

/** What a folder has in it is not for a telling to take: it may be back in a moment, as with another branch. */
export function tellAccount(account: Account, { target, isThere, version }: Telling): void {
	const { told, away, cleared } = account;
	away.delete(target);
	cleared.delete(target);
	if (isThere !== undefined) told.delete(target);
	else if (account.isUp) told.add(target);
	if (isThere === false && account.isUp) away.set(target, version);
}

export function clearFolders(account: Account, version: number, folders: Iterable<string>): void {
	for (const target of folders) {
		if (account.away.get(target) !== version) continue;
		account.away.delete(target);
		account.cleared.add(target);
		account.open.add(target);
	}
}

/** What is open is sent whatever the container has: it may have changed without looking so. */
function withoutOpen({ open, groups }: Account, entries: Wanted): Wanted {
	const settled = new Map(entries);
	for (const targets of [open, ...groups.map((group) => group.targets)]) {
		for (const target of targets) settled.delete(target);
	}
	return settled;
}

function select(entries: Wanted, targets: readonly string[]): Wanted {
	const wanted = new Map<string, CopySource>();
	for (const target of targets) {
		const source = entries.get(target);
		if (source !== undefined) wanted.set(target, source);
	}
	return wanted;
}

/** So often it is tried to find out what is refused; the rest is tried together, later. */
const mostRefusals = 64;

const none: ReadonlySet<string> = new Set();

/** The container runs, from now on or again: what it has by now may be its own. */
export function startAnew(account: Account): void {
	account.isUp = true;
	account.epoch += 1;
	account.needsCompare = true;
	account.absent.clear();
	account.told.clear();
	account.away.clear();
	account.cleared.clear();
	account.groups = account.groups.map((group) => ({ ...group, told: none }));
}

/** What was set aside is to be tried again; first of all what nobody knows about. */
export function retryAside(account: Account): void {
	const { aside, alone } = account;
	if (aside.size === 0) return;
	const targets = [...aside]
		.filter((target) => !alone.has(target))
		.concat([...aside].filter((target) => alone.has(target)));
	account.groups = [...account.groups, { targets, told: none, refusals: 1, isRepair: true }];
	account.refusals = 0;
	aside.clear();
	alone.clear();
}

export function finishJob(account: Account, job: Job, outcome: Outcome, from: Below): void {
	if (outcome.kind === 'compared') finishCompare(account, outcome.different);
	else if (job.kind === 'send') finishSend(account, { job, outcome, from });
	else account.needsCompare = true;
}

function finishCompare(account: Account, different: readonly string[]): void {
	for (const target of different) account.absent.delete(target);
	if (different.length === 0) return;
	account.groups = [...account.groups, { targets: different, told: none, refusals: 0, isRepair: true }];
}

/** What is known at and below a path. */
type Below = (target: string) => Iterable<string>;

interface Ended {
	readonly job: SendJob;
	readonly outcome: Exclude<Outcome, { kind: 'compared' }>;
	readonly from: Below;
}

function finishSend(account: Account, { job, outcome, from }: Ended): void {
	for (const target of outcome.copied) account.absent.delete(target);
	if (outcome.kind === 'refused') account.refusals += 1;
	if (outcome.kind === 'sent') finishSent(account, { job, outcome, from });
	else account.groups = [...groupsAfter(job, outcome, account), ...account.groups];
	if (account.groups.length === 0) account.done = account.taken;
}

interface EndedWell extends Ended {
	readonly outcome: Extract<Outcome, { kind: 'sent' }>;
}

function finishSent(account: Account, { job, outcome: { deleted, kept }, from }: EndedWell): void {
	for (const target of job.wanted.keys()) account.aside.delete(target);
	for (const target of job.cleared) account.cleared.delete(target);
	if (job.epoch === account.epoch) for (const target of deleted) account.absent.add(target);
	if (kept !== undefined) keep(account, job, [...kept.targets], from);
}

/** What labc itself has put into a folder goes first; a folder with something in it even then stays. */
function keep(account: Account, { refusals, isRepair }: SendJob, kept: readonly string[], from: Below): void {
	if (refusals > 0) {
		for (const target of kept) {
			account.aside.add(target);
			account.alone.add(target);
		}
		return;
	}
	const targets = [...new Set(kept.flatMap((target) => [target, ...from(target)]))];
	for (const target of targets) account.absent.delete(target);
	account.groups = [{ targets, told: none, refusals: 1, isRepair }, ...account.groups];
}

/**
 * What is refused is tried once more, then in halves, until what can't be done stands alone; not where the container
 * takes nothing at all, nor without end: a full disk refuses everything, too.
 */
function groupsAfter(
	{ wanted, refusals, isRepair, ...job }: SendJob,
	failure: Extract<Outcome, { kind: 'refused' | 'broken off' }>,
	{ epoch, aside, alone, refusals: refused }: Account,
): readonly Group[] {
	const targets = [...wanted.keys()];
	const told = job.epoch === epoch ? job.told : none;
	if (failure.kind === 'broken off') return [{ targets, told, refusals, isRepair }];
	if (refusals === 0) return [{ targets, told, refusals: 1, isRepair }];
	if (targets.length === 1 || failure.isWhole || refused > mostRefusals) {
		for (const target of targets) aside.add(target);
		if (targets.length === 1) for (const target of targets) alone.add(target);
		return [];
	}
	const middle = Math.ceil(targets.length / 2);
	return [targets.slice(0, middle), targets.slice(middle)].map((half) => ({
		targets: half,
		told,
		refusals: 1,
		isRepair,
	}));
}
