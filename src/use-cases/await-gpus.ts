import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Emit, GpuWaiting } from '../events/event.ts';
import { newWakeUp, type WakeUp } from '../execute/wake-up.ts';
import { allot, type Shortage } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeHolders, describeShortages, describeWaiting } from '../gpu/describe.ts';
import { mayBeServed, type Shortfall } from '../gpu/shortfall.ts';
import { blockersOf } from '../gpu/waiting.ts';
import { formatDuration } from '../model/duration.ts';
import type { GpuQueue, SeenTicket } from '../queue/queue.ts';
import { reservationPrefix } from '../queue/reservation.ts';
import { ticketPrefix } from '../queue/ticket.ts';
import { observeBox } from './gpu-box.ts';
import type { GpuTools } from './gpu-tools.ts';

/** How long somebody is ready to wait for GPUs; without a time, to the end. */
export interface GpuWait {
	readonly timeoutSeconds?: number | undefined;
}

export interface TurnTools {
	readonly engine: Engine;
	readonly gpus: GpuTools;
	readonly queue: GpuQueue;
	readonly emit: Emit;
	readonly signal: AbortSignal;
}

/** The turns of one who has a ticket. */
export interface Turns {
	/**
	 * Resolves when all that `shortfall` asks for can be had and nobody in the queue comes before. Throws
	 * `GPU_WAIT_TIMEOUT`, `GPU_TICKET_GONE` where somebody took the ticket away, or `INTERRUPTED`.
	 */
	next(shortfall: Shortfall): Promise<void>;
	close(): void;
}

/** Events tell when something comes free. An ended process of the host, or one that died in the queue, tells nothing. */
const slowLookMs = 10_000;
/** An engine that is back tells of nothing before it is listened to again. */
const lostLookMs = 1000;

/** Listens from now on, so that what happens during an attempt is not missed either. */
export function openTurns(tools: TurnTools, { timeoutSeconds }: GpuWait): Turns {
	const over = new AbortController();
	const wakeUp = newWakeUp(AbortSignal.any([tools.signal, over.signal]));
	const state: Waiter = { ...tools, timeoutSeconds, isLate: false, told: '', box: undefined };
	const timer = startTimer(timeoutSeconds, () => {
		state.isLate = true;
		wakeUp.wake();
	});
	const listening = listener(tools.engine, wakeUp.wake, over.signal);
	let isFirst = true;
	const awaitTurn = async (shortfall: Shortfall): Promise<void> => {
		await listening();
		// An attempt that failed though all looked free is not made again before something happens.
		let isSlow = isFirst || (await ring(wakeUp));
		isFirst = false;
		while (!(await isTurnWhereTold(shortfall, state, isSlow))) {
			isSlow = await ring(wakeUp, state.told === lost ? lostLookMs : slowLookMs);
			await listening();
		}
	};
	return {
		async next(shortfall) {
			try {
				await awaitTurn(shortfall);
			} catch (error) {
				tools.emit({ type: 'gpu.left' });
				throw error;
			}
			tools.emit({ type: 'gpu.turn' });
			state.told = '';
		},
		close() {
			clearTimeout(timer);
			over.abort();
		},
	};
}

interface Waiter extends TurnTools {
	readonly timeoutSeconds: number | undefined;
	/** The time is up: this look is the last. */
	isLate: boolean;
	/** What was told last. */
	told: string;
	/** As last seen. */
	box: GpuBox | undefined;
}

/**
 * Whose turn can't have come only looks at the queue, so that a crowd does not ask the engine for all its containers at
 * each event; from time to time all look, to tell who has what.
 */
async function isTurn({ asks }: Shortfall, waiter: Waiter, isSlow: boolean): Promise<boolean> {
	const { signal, queue } = waiter;
	if (signal.aborted) throw new LabcError('INTERRUPTED', 'interrupted while waiting for GPUs');
	const tickets = (await queue.list()).filter(({ standing }) => standing !== 'dead');
	const own = tickets.find(({ standing }) => standing === 'own');
	if (own === undefined) throw ticketGone(await queue.cancelledBy());
	const before = tickets.filter(({ number }) => number < own.number);
	const known = isSlow || waiter.isLate ? undefined : waiter.box;
	const mayBe = known === undefined || mayBeServed(asks, before, known);
	if (mayBe) waiter.box = await observeBox(waiter);
	if (waiter.box === undefined) return true;
	const { shortages } = allot(asks, { ...waiter.box, queue: before });
	if (shortages.length === 0) return true;
	if (waiter.isLate) throw waitedTooLong(waiter, shortages);
	const blockers = blockersOf(own, tickets, waiter.box.inventory);
	tell(standing(own, tickets, { blockers, shortages }), waiter);
	return false;
}

/** An engine that does not answer for a while gives nobody else what is waited for: the place is kept. */
async function isTurnWhereTold(shortfall: Shortfall, waiter: Waiter, isSlow: boolean): Promise<boolean> {
	try {
		return await isTurn(shortfall, waiter, isSlow);
	} catch (error) {
		if (!(error instanceof LabcError) || error.code !== 'ENGINE_UNREACHABLE' || waiter.isLate) throw error;
		if (waiter.told !== lost) waiter.emit({ type: 'warning', message: lost, hint: lostHint });
		waiter.told = lost;
		waiter.box = undefined;
		return false;
	}
}

const lost = 'the engine does not answer: the place in the queue for GPUs is kept until it does';
const lostHint = 'Start the engine again, or press Ctrl-C to give the place up.';

interface Obstacles {
	readonly blockers: readonly SeenTicket[];
	readonly shortages: readonly Shortage[];
}

const standing = (own: SeenTicket, tickets: readonly SeenTicket[], obstacles: Obstacles): GpuWaiting => ({
	ticket: own.number,
	place: tickets.indexOf(own) + 1,
	length: tickets.length,
	behind: obstacles.blockers.map(describeWaiting),
	held: describeHolders(obstacles.shortages),
});

/** The same is not told twice. */
function tell(waiting: GpuWaiting, waiter: Waiter): void {
	const text = JSON.stringify(waiting);
	if (text !== waiter.told) waiter.emit({ type: 'gpu.waiting', ...waiting });
	waiter.told = text;
}

const ticketGone = (who: string | undefined): LabcError =>
	new LabcError('GPU_TICKET_GONE', `${who ?? 'somebody'} took the ticket for GPUs away`, {
		hint:
			who === undefined
				? 'Ask who gave `docker volume prune -a`, or run the command again to queue anew.'
				: 'Ask why, or run the command again to queue anew.',
	});

const waitedTooLong = ({ timeoutSeconds }: Waiter, shortages: readonly Shortage[]): LabcError =>
	new LabcError(
		'GPU_WAIT_TIMEOUT',
		`waited ${formatDuration(BigInt(Math.round((timeoutSeconds ?? 0) * nanoseconds)))} for GPUs: ${describeShortages(shortages) || 'others come before'}`,
		{ hint: 'Wait longer with `--gpu-wait`, or see with `labc gpu` and `labc gpu queue` who has and wants them.' },
	);

const nanoseconds = 1e9;

/** True where nothing rang and time alone has passed. */
async function ring(wakeUp: WakeUp, patienceMs = slowLookMs): Promise<boolean> {
	let isSlow = false;
	const timer = setTimeout(() => {
		isSlow = true;
		wakeUp.wake();
	}, patienceMs);
	await wakeUp.next();
	clearTimeout(timer);
	return isSlow;
}

function startTimer(seconds: number | undefined, onTimeout: () => void): NodeJS.Timeout | undefined {
	return seconds === undefined ? undefined : setTimeout(onTimeout, seconds * 1000);
}

/** Subscribes where nobody listens: at first, and after a stream that ended, which may have lost something. */
function listener(engine: Pick<Engine, 'departures'>, wake: () => void, signal: AbortSignal): () => Promise<void> {
	let subscription: Promise<void> | undefined;
	const subscribe = async (): Promise<void> => {
		const departures = await engine.departures(signal).catch(() => undefined);
		if (departures === undefined) {
			subscription = undefined;
			return;
		}
		void forEachOf(departures, wake).finally(() => {
			subscription = undefined;
			wake();
		});
	};
	return () => {
		subscription ??= subscribe();
		return subscription;
	};
}

const isOfQueue = (volume: string): boolean => volume.startsWith(ticketPrefix) || volume.startsWith(reservationPrefix);

/** A broken stream is no failure of who waits, who looks from time to time anyway. */
async function forEachOf(departures: AsyncIterable<{ readonly kind: string; readonly id: string }>, wake: () => void) {
	try {
		for await (const { kind, id } of departures) if (kind === 'container' || isOfQueue(id)) wake();
	} catch {
		return;
	}
}
