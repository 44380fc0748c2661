import { LabcError } from '../errors/labc-error.ts';
import { comparePaths } from './compare.ts';
import type { Job, Outcome, SendJob } from './container-account.ts';
import type { CopySource } from './decide.ts';
import type { Deletion } from './delete-paths.ts';
import type { HostFiles } from './host-files.ts';
import { viewHost } from './host-view.ts';
import { newLedger } from './ledger.ts';
import { copyAll, type Parcel, packParcel, sendParcel, type TransferEngine } from './transfer.ts';

export interface ServiceSyncTools {
	readonly engine: TransferEngine;
	readonly files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'readFile' | 'readLink'>;
	/** Something could not be copied or deleted. Told once for each path and reason. */
	onProblem(problem: SyncProblem): void;
	/** What a container lacked after it started was brought to it. */
	onRepair(paths: number, since: number): void;
	/** Milliseconds; only differences count. */
	now(): number;
	/** Waits, and less long once watching has ended. */
	pause(ms: number): Promise<void>;
}

interface SyncProblem {
	readonly message: string;
	readonly hint?: string;
}

/** Keeps the containers of one service as the host is, path by path. */
export interface ServiceSync {
	/** Resolves when every running container has the paths, or it was told why it has not. Gives how many of them have. */
	note(copies: ReadonlyMap<string, CopySource>): Promise<number>;
	/** At and below these paths of the containers something may have been for a moment. */
	suspect(targets: readonly string[]): void;
	/** The container runs, from now on or again: what it has is compared. */
	up(container: RunningContainer): void;
	/** It can't take anything now. */
	down(id: string): void;
	gone(id: string): void;
	/** Those that run. */
	containers(): readonly RunningContainer[];
	/** All is done that can be done. */
	settled(): Promise<void>;
	/** Nothing new is begun; resolves when nothing is under way any more. */
	close(): Promise<void>;
}

interface RunningContainer {
	readonly id: string;
	readonly name: string;
}

interface Replica extends RunningContainer {
	isUp: boolean;
	/** Resolves at the end of each round, and when it can't take anything any more. */
	round: PromiseWithResolvers<void>;
}

function endRound(replica: Replica): void {
	const { resolve } = replica.round;
	replica.round = Promise.withResolvers();
	resolve();
}

const retryMs = 500;
const slowRetryMs = 5000;

export function syncService(tools: ServiceSyncTools): ServiceSync {
	const sync = new Replicas(tools);
	return {
		note: (copies) => sync.note(copies),
		suspect: (targets) => sync.suspect(targets),
		up: (container) => sync.up(container),
		down: (id) => sync.down(id),
		gone: (id) => sync.gone(id),
		containers: () => sync.running(),
		settled: () => sync.settled(),
		close: () => sync.close(),
	};
}

/** Carries out what the ledger says is to be done, one job at a time for each container. */
class Replicas {
	readonly #tools: ServiceSyncTools;
	readonly #ledger = newLedger();
	readonly #replicas = new Map<string, Replica>();
	/** By container: also of one that has gone meanwhile. */
	readonly #work = new Map<string, Promise<void>>();
	readonly #told = new Set<string>();
	/** Packed for the first container that wants exactly it, after the last change. */
	#packed: { readonly key: string; readonly parcel: Parcel } | undefined;
	#isClosed = false;

	constructor(tools: ServiceSyncTools) {
		this.#tools = tools;
	}

	async note(copies: ReadonlyMap<string, CopySource>): Promise<number> {
		const version = this.#ledger.note(copies);
		await Promise.all(
			[...this.#replicas.values()].map((replica) =>
				replica.isUp ? this.#bring(replica, version) : this.#bringToStopped(replica, copies),
			),
		);
		return this.running().filter(({ id }) => !this.#ledger.lacks(id, copies.keys())).length;
	}

	suspect(targets: readonly string[]): void {
		this.#ledger.suspect(targets);
		for (const replica of this.#replicas.values()) this.#start(replica);
	}

	up({ id, name }: RunningContainer): void {
		const replica = this.#replicas.get(id) ?? { id, name, isUp: true, round: Promise.withResolvers() };
		this.#replicas.set(id, replica);
		replica.isUp = true;
		this.#ledger.up(id);
		this.#start(replica);
	}

	down(id: string): void {
		const replica = this.#replicas.get(id);
		this.#ledger.down(id);
		if (replica === undefined) return;
		replica.isUp = false;
		endRound(replica);
	}

	gone(id: string): void {
		this.down(id);
		this.#replicas.delete(id);
		this.#ledger.gone(id);
	}

	running(): readonly RunningContainer[] {
		return [...this.#replicas.values()].filter(({ isUp }) => isUp);
	}

	async settled(): Promise<void> {
		while (this.#work.size > 0) await Promise.all(this.#work.values());
	}

	close(): Promise<void> {
		this.#isClosed = true;
		for (const replica of this.#replicas.values()) endRound(replica);
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
		const { archives } = packParcel({ wanted: copies, absent: new Set() }, viewHost(this.#tools.files));
		return this.#occupy(replica, () => copyAll(this.#tools.engine, id, archives).catch(() => undefined));
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
			if (job === undefined) return;
			const outcome = job.kind === 'send' ? await this.#send(replica, job) : await this.#compare(replica, job);
			this.#ledger.finish(id, job, outcome);
			endRound(replica);
			if (outcome.kind === 'refused') this.#meetRefusal(replica, job, outcome);
			if (outcome.kind === 'broken off') await this.#tools.pause(retryMs);
		}
	}

	async #compare(replica: Replica, { entries }: Extract<Job, { kind: 'compare' }>): Promise<Outcome> {
		const host = viewHost(this.#tools.files);
		try {
			const different = await comparePaths(this.#tools.engine, replica.id, { entries, host });
			return { kind: 'compared', different };
		} catch (error) {
			this.#tellUnknown(replica, error);
			return { kind: 'broken off', copied: [], deleted: [] };
		}
	}

	async #send(replica: Replica, job: SendJob): Promise<Outcome> {
		const since = this.#tools.now();
		const parcel = this.#pack(job);
		const copied = parcel.copied.map(({ target }) => target);
		try {
			const deletion = await sendParcel(this.#tools.engine, replica.id, parcel);
			for (const message of parcel.problems) this.#tell(message, { message });
			if (deletion.outcome === 'no rm') this.#tellNoRm(replica);
			else if (deletion.outcome !== 'deleted')
				return { kind: 'refused', reason: reasonOf(deletion), isWhole: false, copied, deleted: [] };
			if (job.isRepair) this.#tools.onRepair(job.wanted.size, since);
			return { kind: 'sent', copied, deleted: deletion.outcome === 'no rm' ? [] : parcel.gone };
		} catch (error) {
			this.#packed = undefined;
			if (isRefusal(error)) {
				const { message: reason } = error;
				return { kind: 'refused', reason, isWhole: !namesPath(reason), copied, deleted: [] };
			}
			this.#tellUnknown(replica, error);
			return { kind: 'broken off', copied, deleted: [] };
		}
	}

	/** Containers that want the same get the same bytes: what changes on the host after they were read is noted later. */
	#pack(job: SendJob): Parcel {
		const key = [this.#ledger.version, ...job.wanted.keys(), '', ...job.absent].join('\n');
		if (this.#packed?.key === key) return this.#packed.parcel;
		const parcel = packParcel(job, viewHost(this.#tools.files));
		this.#packed = { key, parcel };
		return parcel;
	}

	/** What is refused alone, or with all the rest, is told once, and tried again later: there may be room then. */
	#meetRefusal(replica: Replica, job: Job, { reason, isWhole }: Extract<Outcome, { kind: 'refused' }>): void {
		if (job.kind !== 'send' || job.refusals === 0 || (job.wanted.size > 1 && !isWhole)) return;
		const [target] = job.wanted.keys();
		const what = isWhole ? 'nothing can' : `\`${target}\` can't`;
		this.#tell(`${replica.id} ${what} ${reason}`, {
			message: `${what} be brought into \`${replica.name}\`: ${reason}`,
			hint: 'Mend what it says: labc goes on trying.',
		});
		void this.#tools.pause(slowRetryMs).then(() => {
			this.#ledger.retry(replica.id);
			if (!this.#isClosed) this.#start(replica);
		});
	}

	#tellNoRm({ name }: Replica): void {
		this.#tell('no rm', {
			message: `\`${name}\` has no \`rm\`: what is deleted here stays there`,
			hint: 'Base the image on one with `sh` and `rm`, or use `action: rebuild`.',
		});
	}

	/** A container that has gone or does not run is told of by its events; an engine that is away comes back. */
	#tellUnknown({ name }: Replica, error: unknown): void {
		if (error instanceof LabcError) return;
		const message = error instanceof Error ? error.message : String(error);
		this.#tell(message, { message: `\`${name}\`: ${message}` });
	}

	#tell(key: string, problem: SyncProblem): void {
		if (this.#told.has(key)) return;
		this.#told.add(key);
		this.#tools.onProblem(problem);
	}
}

const reasonOf = (deletion: Deletion): string => (deletion.outcome === 'failed' ? deletion.reason : deletion.outcome);

/** Whether a reason is about one path; names of containers have no slash. */
const namesPath = (reason: string): boolean => reason.includes('/');

/** The engine has looked at what was sent and does not want it. */
const isRefusal = (error: unknown): error is LabcError => error instanceof LabcError && error.code === 'ENGINE_REFUSED';
