import { LabcError } from '../errors/labc-error.ts';
import type { Outcome, SendJob } from './container-account.ts';
import type { CopySource, FolderNews } from './decide.ts';
import { JobRunner, type JobTools, type RunningContainer } from './job-runner.ts';
import { newLedger } from './ledger.ts';
import { newProblemTeller, type ProblemTeller, type SyncProblem } from './problem-teller.ts';
import { newRefusals, type Refusals } from './refusals.ts';
import { copyAll } from './transfer.ts';

export interface ServiceSyncTools extends JobTools {
	/** Something could not be copied or deleted. Told once for each path and cause, of many paths together. */
	onProblem(problem: SyncProblem): void;
	/** Waits, and less long once watching has ended. */
	pause(ms: number): Promise<void>;
}

/** Keeps the containers of one service as the host is, path by path. */
export interface ServiceSync {
	/** Resolves when every running container has the paths, or it was told why it has not. Gives how many of them have. */
	note(copies: ReadonlyMap<string, CopySource>, folders?: FolderNews): Promise<number>;
	/** At and below these paths of the containers something may have been for a moment. */
	suspect(targets: readonly string[]): void;
	/** The container runs, from now on or again: what it has is compared. */
	up(container: RunningContainer): void;
	/** It can't take anything now. */
	down(id: string): void;
	gone(id: string): void;
	/** Whether nothing could be copied when a path of the containers was last sent: it is a pipe, or may not be read. */
	leavesOut(target: string): boolean;
	/** Whether the containers could delete when something was last to be deleted: an image may have no `rm`. */
	deletes(): boolean;
	/** How many of those that run were refused none of these paths. */
	withAll(targets: Iterable<string>): number;
	/** Those that run. */
	containers(): readonly RunningContainer[];
	/** All is done that can be done. */
	settled(): Promise<void>;
	/** Nothing new is begun; resolves when nothing is under way any more. */
	close(): Promise<void>;
}

interface Replica extends RunningContainer {
	isUp: boolean;
	/** Resolves at the end of each round, and when it can't take anything any more. */
	round: PromiseWithResolvers<void>;
	readonly refusals: Refusals;
	/** How long what is refused next rests. */
	retryAfterMs: number;
	/** Something rests. */
	isRetryDue: boolean;
	/** How long to wait after the next try of which nobody knows how far it came. */
	breakMs: number;
	/** Ends such a wait: the container has started or ended, the engine is back, or nothing is to be done any more. */
	goOn: () => void;
}

type Refusal = Pick<Extract<Outcome, { kind: 'refused' }>, 'reason' | 'isWhole'>;

function endRound(replica: Replica): void {
	const { resolve } = replica.round;
	replica.round = Promise.withResolvers();
	resolve();
}

/** What breaks off is tried again after pauses that grow for as long as it does. */
const breakMs = { first: 500, last: 8000 };
/** What was refused is tried again together, after pauses that grow as long as all of it is refused. */
const slowRetryMs = { first: 5000, last: 60_000 };

/** A folder that is back by then was never away: as long as docker compose gathers changes. */
const clearAfterMs = 500;
const none: ReadonlySet<string> = new Set();

export const syncService = (tools: ServiceSyncTools): ServiceSync => new Replicas(tools);

/** Has done what the ledger says is to be done, one job at a time for each container. */
class Replicas implements ServiceSync {
	readonly #tools: ServiceSyncTools;
	readonly #ledger = newLedger();
	readonly #replicas = new Map<string, Replica>();
	/** By container: also of one that has gone meanwhile. */
	readonly #work = new Map<string, Promise<void>>();
	readonly #tell: ProblemTeller;
	readonly #jobs: JobRunner;
	#isClosed = false;

	constructor(tools: ServiceSyncTools) {
		this.#tools = tools;
		this.#tell = newProblemTeller((problem) => tools.onProblem(problem));
		this.#jobs = new JobRunner(tools, this.#tell);
	}

	async note(copies: ReadonlyMap<string, CopySource>, folders: FolderNews = new Map()): Promise<number> {
		const version = this.#ledger.note(copies, folders);
		const away = [...copies].filter(([target]) => folders.get(target) === false);
		if (away.length > 0) void this.#clear(version, away);
		await Promise.all(
			[...this.#replicas.values()].map((replica) =>
				replica.isUp ? this.#bring(replica, version) : this.#bringToStopped(replica, copies),
			),
		);
		return this.withAll(copies.keys());
	}

	withAll(targets: Iterable<string>): number {
		const all = [...targets];
		return this.containers().filter(({ id }) => !this.#ledger.lacks(id, all)).length;
	}

	/** What containers have of their own in folders that have gone goes where these stay away. */
	async #clear(version: number, folders: readonly (readonly [target: string, source: CopySource])[]): Promise<void> {
		const { files, now, pause } = this.#tools;
		const since = now();
		await pause(clearAfterMs);
		// Pauses end early where watching ends; timers hardly do.
		if (this.#isClosed || now() - since < 0.9 * clearAfterMs) return;
		const gone = folders.filter(([, { hostPath }]) => files.look(hostPath) === undefined);
		if (gone.length === 0) return;
		this.#ledger.clear(
			version,
			gone.map(([target]) => target),
		);
		for (const replica of this.#replicas.values()) if (this.#ledger.hasWork(replica.id)) this.#start(replica);
	}

	suspect(targets: readonly string[]): void {
		this.#ledger.suspect(targets);
		for (const replica of this.#replicas.values()) this.#start(replica);
	}

	up({ id, name }: RunningContainer): void {
		const replica = this.#replicas.get(id) ?? this.#newReplica({ id, name });
		this.#replicas.set(id, replica);
		replica.isUp = true;
		replica.retryAfterMs = slowRetryMs.first;
		replica.breakMs = breakMs.first;
		replica.goOn();
		this.#ledger.up(id);
		this.#start(replica);
	}

	#newReplica(container: RunningContainer): Replica {
		const refusals = newRefusals((refused) => this.#tell.refused(container, refused));
		const round = Promise.withResolvers<void>();
		const rests = { retryAfterMs: slowRetryMs.first, isRetryDue: false, breakMs: breakMs.first, goOn: () => undefined };
		return { ...container, isUp: true, round, refusals, ...rests };
	}

	down(id: string): void {
		const replica = this.#replicas.get(id);
		this.#ledger.down(id);
		if (replica === undefined) return;
		replica.isUp = false;
		replica.goOn();
		endRound(replica);
	}

	gone(id: string): void {
		this.down(id);
		this.#replicas.delete(id);
		this.#ledger.gone(id);
	}

	leavesOut(target: string): boolean {
		return this.#jobs.leavesOut(target);
	}

	deletes(): boolean {
		return this.#jobs.deletes;
	}

	containers(): readonly RunningContainer[] {
		return [...this.#replicas.values()].filter(({ isUp }) => isUp);
	}

	async settled(): Promise<void> {
		while (this.#work.size > 0) await Promise.all(this.#work.values());
	}

	close(): Promise<void> {
		this.#isClosed = true;
		for (const replica of this.#replicas.values()) {
			replica.goOn();
			endRound(replica);
		}
		return this.settled();
	}

	/**
	 * A program that ended for a mistake in its files starts with the mended ones. What else is to be done, and whether
	 * this was of use, is found out when the container runs.
	 */
	#bringToStopped(replica: Replica, copies: ReadonlyMap<string, CopySource>): Promise<void> {
		const { id } = replica;
		const before = this.#work.get(id);
		if (before !== undefined) return before.then(() => this.#bringToStopped(replica, copies));
		if (replica.isUp || this.#isClosed) return Promise.resolve();
		const { archives } = this.#jobs.pack({ wanted: copies, absent: none, told: none, cleared: none });
		return this.#occupy(replica, () =>
			copyAll(this.#tools.engine, id, archives).catch((error: unknown) => {
				// The engine's words on it come once more when the container runs.
				if (!(error instanceof LabcError)) this.#tell.unknown(replica.name, error);
			}),
		);
	}

	/** Until the container has the version, or can't be reached. */
	async #bring(replica: Replica, version: number): Promise<void> {
		while (!this.#isClosed && replica.isUp && !this.#ledger.has(replica.id, version)) {
			const { promise } = replica.round;
			this.#start(replica);
			await promise;
		}
	}

	#start(replica: Replica): void {
		if (!this.#work.has(replica.id)) void this.#occupy(replica, () => this.#workOff(replica));
	}

	/** One thing at a time is done to a container. */
	#occupy(replica: Replica, act: () => Promise<void>): Promise<void> {
		const { id } = replica;
		const work = act().finally(() => {
			this.#work.delete(id);
			endRound(replica);
			if (!this.#isClosed && this.#ledger.hasWork(id)) this.#start(this.#replicas.get(id) ?? replica);
		});
		this.#work.set(id, work);
		return work;
	}

	async #workOff(replica: Replica): Promise<void> {
		const { id } = replica;
		for (;;) {
			const job = this.#isClosed ? undefined : this.#ledger.next(id);
			if (job === undefined) {
				replica.refusals.tellNew();
				return;
			}
			const outcome = await this.#jobs.run(replica, job, {
				version: this.#ledger.version,
				isCurrent: () => this.#ledger.isCurrent(id, job),
			});
			this.#ledger.finish(id, job, outcome);
			endRound(replica);
			if (job.kind === 'send') this.#meet(replica, job, outcome);
			if (outcome.kind === 'broken off') await this.#takeBreak(replica);
			else this.#endBreaks(replica);
		}
	}

	async #takeBreak(replica: Replica): Promise<void> {
		const rest = replica.breakMs;
		replica.breakMs = Math.min(2 * rest, breakMs.last);
		const { promise, resolve } = Promise.withResolvers<void>();
		replica.goOn = resolve;
		await Promise.race([this.#tools.pause(rest), promise]);
	}

	#endBreaks(replica: Replica): void {
		replica.breakMs = breakMs.first;
		this.#tell.works(replica.name);
	}

	#meet(replica: Replica, job: SendJob, outcome: Outcome): void {
		if (job.refusals === 0) return;
		if (outcome.kind === 'refused') this.#meetRefusal(replica, outcome, job.wanted.keys());
		if (outcome.kind !== 'sent') return;
		const { kept } = outcome;
		if (kept !== undefined) this.#meetRefusal(replica, { ...kept, isWhole: false }, kept.targets);
		// There is room again.
		else replica.retryAfterMs = slowRetryMs.first;
	}

	/** What is refused is told once, and tried again later: there may be room then. */
	#meetRefusal(replica: Replica, { reason, isWhole }: Refusal, refused: Iterable<string>): void {
		const targets = this.#ledger.setAside(replica.id, refused);
		if (targets.length === 0) return;
		if (isWhole) this.#tell.takesNothing(replica, reason);
		else replica.refusals.add({ targets, reason });
		if (replica.isRetryDue) return;
		replica.isRetryDue = true;
		const rest = replica.retryAfterMs;
		replica.retryAfterMs = Math.min(2 * rest, slowRetryMs.last);
		void this.#tools.pause(rest).then(() => {
			replica.isRetryDue = false;
			if (this.#isClosed) return;
			replica.refusals.tellAll();
			this.#ledger.retry(replica.id);
			this.#start(replica);
		});
	}
}
