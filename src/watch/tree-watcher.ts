import { newBatch } from './batch.ts';
import type { HostFiles } from './host-files.ts';
import { isForbidden, isGone } from './path-errors.ts';
import { Tree } from './tree.ts';
import type { TreeNews } from './tree-news.ts';
import type { Hint } from './tree-request.ts';
import { limitOf, type WatchLimit } from './watch-limit.ts';

export interface TreeWatcherRequest {
	/** None of them below another one. */
	readonly roots: readonly string[];
	ignoresTree(folder: string): boolean;
	readonly files: HostFiles;
	/** Milliseconds since the epoch. */
	now(): number;
	onNews(news: TreeNews): void;
	/** The system has no room for more watches: all is looked at from time to time. */
	onLimit(limit: WatchLimit): void;
	/** It had room for all that was lacking: nothing need be looked at any more. */
	onRoom(): void;
	/** A folder, or what is in it, may not be looked at. */
	onClosed(folder: string): void;
	onError(error: unknown): void;
}

export interface TreeWatcher {
	/** From then on no change is missed. */
	readonly ready: Promise<void>;
	readonly tree: Tree;
	/** What was hinted at is still looked at and told. */
	close(): void;
}

/** Short enough to be felt as at once, long enough for what a program writes in one go. */
const batchTimes = { quiet: 10, cap: 150 };
/**
 * More hints in a row may have been more than the system could keep: it drops what is too much, and Node does not pass on
 * that it says so. Of what it keeps, a part may have been for watches that are closed by now.
 */
const manyHints = { most: 4000, ofKept: 1 / 4 };
const rescanAfterMs = 250;
const checkRootsEveryMs = 1000;
const pollEveryMs = 500;
const breathMs = 20;

/** Watches trees of the host's files and tells what changed, in batches. */
export function watchTrees(request: TreeWatcherRequest): TreeWatcher {
	const closed = new AbortController();
	const told = newHintQueue(request, (hints, count) => settle(hints, count));
	const kept = request.files.inotifyLimit('max_queued_events') ?? Number.POSITIVE_INFINITY;
	const fewest = Math.min(manyHints.most, kept * manyHints.ofKept);
	const tree = new Tree({
		...request,
		onHint: told.add,
		onLost: () => lookSoon(),
		onUnwatched(error) {
			if (limitOf(error) !== undefined) polling.start(error);
			// That is found, and told, where it is listed.
			else if (!isGone(error) && !isForbidden(error)) request.onError(error);
		},
		breathe: newBreath(request.now),
	});
	let rescan: NodeJS.Timeout | undefined;

	const tell = (news: TreeNews): void => {
		if (news.changes.length + news.suspects.length > 0 && !closed.signal.aborted) request.onNews(news);
	};
	const settle = (hints: readonly Hint[], told: number): void => {
		tell(tree.settle(hints));
		if (told >= fewest) lookSoon();
	};
	/** Not put off by what comes after it: a steady flood must not keep it from being found out. */
	const lookSoon = (): void => {
		if (closed.signal.aborted) return;
		rescan ??= setTimeout(() => {
			rescan = undefined;
			void lookAgain();
		}, rescanAfterMs);
	};
	const lookAgain = (first: () => void = () => undefined): Promise<void> =>
		ready
			.then(() => {
				first();
				return tree.rescan();
			})
			.then(tell, request.onError);
	const polling = newPolling(request, () => lookAgain(() => tree.watchRest()));
	const ready = tree.open().then(told.open);
	const guard = setInterval(() => {
		for (const hint of tree.checkRoots()) told.add(hint);
	}, checkRootsEveryMs);
	return {
		ready,
		tree,
		close() {
			told.close();
			closed.abort();
			clearInterval(guard);
			clearTimeout(rescan);
			polling.close();
			tree.close();
		},
	};
}

/**
 * Looks from time to time for as long as the system has no room for all watches, and rests four times as long as that
 * takes. `look` tries to watch what is lacking first.
 */
function newPolling(
	{ now, onLimit, onRoom }: Pick<TreeWatcherRequest, 'now' | 'onLimit' | 'onRoom'>,
	look: () => Promise<void>,
) {
	let timer: NodeJS.Timeout | undefined;
	let isGoingOn = false;
	let lacksRoom = false;
	let isClosed = false;
	const again = async (): Promise<void> => {
		const start = now();
		lacksRoom = false;
		await look();
		if (isClosed) return;
		if (lacksRoom) timer = setTimeout(again, Math.max(pollEveryMs, 4 * (now() - start)));
		else {
			isGoingOn = false;
			onRoom();
		}
	};
	return {
		start(error: unknown): void {
			const limit = limitOf(error);
			if (limit === undefined || isClosed) return;
			lacksRoom = true;
			if (isGoingOn) return;
			isGoingOn = true;
			onLimit(limit);
			timer = setTimeout(again, pollEveryMs);
		},
		close(): void {
			isClosed = true;
			clearTimeout(timer);
		},
	};
}

/** Keeps hints until it is open and their batch is due. A path that was told of is told of. */
function newHintQueue(
	{ now }: Pick<TreeWatcherRequest, 'now'>,
	onDue: (hints: readonly Hint[], count: number) => void,
) {
	const batch = newBatch<string>(batchTimes);
	let told = new Set<string>();
	let count = 0;
	let isOpen = false;
	let timer: NodeJS.Timeout | undefined;
	const look = (): void => {
		timer = undefined;
		const dueAt = batch.dueAt();
		if (dueAt === undefined) return;
		if (dueAt > now()) timer = setTimeout(look, dueAt - now());
		else tellAll();
	};
	const tellAll = (): void => {
		const [byTold, added] = [told, count];
		told = new Set();
		count = 0;
		const hints = batch.take().map((path) => ({ path, isTold: byTold.has(path) }));
		onDue(hints, added);
	};
	return {
		add({ path, isTold }: Hint): void {
			if (isTold) told.add(path);
			count += 1;
			batch.add(path, now());
			if (isOpen) timer ??= setTimeout(look, batchTimes.quiet);
		},
		open(): void {
			isOpen = true;
			look();
		},
		close(): void {
			clearTimeout(timer);
			if (isOpen) tellAll();
		},
	};
}

/** Lets others work after each `breathMs` of work. */
function newBreath(now: () => number): () => Promise<void> | undefined {
	let since = now();
	return () => {
		if (now() - since < breathMs) return undefined;
		return new Promise((resolve) => {
			setImmediate(() => {
				since = now();
				resolve();
			});
		});
	};
}
