import { newBatch } from './batch.ts';
import type { HostFiles } from './host-files.ts';
import { Tree, type TreeNews } from './tree.ts';
import type { Hint } from './tree-request.ts';

export interface TreeWatcherRequest {
	/** None of them below another one. */
	readonly roots: readonly string[];
	ignoresTree(folder: string): boolean;
	readonly files: HostFiles;
	/** Milliseconds since the epoch. */
	now(): number;
	onNews(news: TreeNews): void;
	/** The system has no room for more watches: what is lacking is looked at from time to time. */
	onLimit(limit: WatchLimit): void;
	/** A folder, or what is in it, may not be looked at. */
	onClosed(folder: string): void;
	onError(error: unknown): void;
}

/** What of the system is used up: watches, or instances of what keeps them. */
export type WatchLimit = 'max_user_watches' | 'max_user_instances';

export interface TreeWatcher {
	/** From then on no change is missed. */
	readonly ready: Promise<void>;
	readonly tree: Tree;
	/** What was hinted at is still looked at and told. */
	close(): void;
}

/** Short enough to be felt as at once, long enough for what a program writes in one go. */
const batchTimes = { quiet: 10, cap: 150 };
/** More hints in a row may have been more than the system could keep: it drops what is too much without a word. */
const manyHints = 4000;
const rescanAfterMs = 250;
const checkRootsEveryMs = 1000;
const pollEveryMs = 500;
const breathMs = 20;

/** Watches trees of the host's files and tells what changed, in batches. */
export function watchTrees(request: TreeWatcherRequest): TreeWatcher {
	const closed = new AbortController();
	const told = newHintQueue(request, (hints, count) => settle(hints, count));
	const tree = new Tree({
		...request,
		onHint: told.add,
		onUnwatched: (error) => polling.start(error),
		breathe: newBreath(request.now),
	});
	let rescan: NodeJS.Timeout | undefined;

	const tell = (news: TreeNews): void => {
		if (news.changes.length + news.suspects.length > 0 && !closed.signal.aborted) request.onNews(news);
	};
	const settle = (hints: readonly Hint[], told: number): void => {
		tell(tree.settle(hints));
		if (told < manyHints) return;
		// Not put off by what comes after it: a steady flood must not keep it from being found out.
		rescan ??= setTimeout(() => {
			rescan = undefined;
			void lookAgain();
		}, rescanAfterMs);
	};
	const lookAgain = (): Promise<void> => ready.then(() => tree.rescan()).then(tell, request.onError);
	const polling = newPolling(request, lookAgain);
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

/** Looks from time to time once the system has no room for watches, and rests four times as long as that takes. */
function newPolling({ now, onLimit }: Pick<TreeWatcherRequest, 'now' | 'onLimit'>, look: () => Promise<void>) {
	let timer: NodeJS.Timeout | undefined;
	let isBegun = false;
	let isClosed = false;
	const again = async (): Promise<void> => {
		const start = now();
		await look();
		if (!isClosed) timer = setTimeout(again, Math.max(pollEveryMs, 4 * (now() - start)));
	};
	return {
		start(error: unknown): void {
			const limit = limitOf(error);
			if (limit === undefined || isBegun) return;
			isBegun = true;
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

function limitOf(error: unknown): WatchLimit | undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOSPC') return 'max_user_watches';
	return code === 'EMFILE' || code === 'ENFILE' ? 'max_user_instances' : undefined;
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
