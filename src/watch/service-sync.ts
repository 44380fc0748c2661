import { LabcError } from '../errors/labc-error.ts';
import { comparePaths } from './compare.ts';
import type { CopySource } from './decide.ts';
import type { HostFiles } from './host-files.ts';
import { viewHost } from './host-view.ts';
import { newLedger } from './ledger.ts';
import { type Parcel, packParcel, sendParcel, type TransferEngine } from './transfer.ts';

export interface ServiceSyncTools {
	readonly engine: TransferEngine;
	readonly files: Pick<HostFiles, 'look'>;
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
	/** Resolves when every running container has the paths, or it was told why it has not. */
	note(copies: ReadonlyMap<string, CopySource>): Promise<void>;
	/** The container runs, from now on or again: what it has is compared. */
	up(container: RunningContainer): void;
	/** It can't take anything now. */
	down(id: string): void;
	gone(id: string): void;
	/** Those that run. */
	containers(): readonly RunningContainer[];
	/** All is done that can be done. */
	settled(): Promise<void>;
}

interface RunningContainer {
	readonly id: string;
	readonly name: string;
}

interface Replica extends RunningContainer {
	isUp: boolean;
	needsCheck: boolean;
	work: Promise<void> | undefined;
	/** Resolves at the end of each round, and when it can't take anything any more. */
	round: PromiseWithResolvers<void>;
	/** The number of the last change it has. */
	done: number;
}

const newReplica = (container: RunningContainer): Replica => ({
	...container,
	isUp: true,
	needsCheck: true,
	work: undefined,
	round: Promise.withResolvers(),
	done: 0,
});

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
		up: (container) => sync.up(container),
		down: (id) => sync.down(id),
		gone: (id) => sync.gone(id),
		containers: () => sync.running(),
		settled: () => sync.settled(),
	};
}

class Replicas {
	readonly #tools: ServiceSyncTools;
	readonly #ledger = newLedger();
	readonly #replicas = new Map<string, Replica>();
	readonly #told = new Set<string>();
	#changes = 0;
	/** The newest change, packed for the first container that took exactly it. */
	#packed: { readonly key: string; readonly parcel: Parcel } | undefined;

	constructor(tools: ServiceSyncTools) {
		this.#tools = tools;
	}

	async note(copies: ReadonlyMap<string, CopySource>): Promise<void> {
		this.#changes += 1;
		this.#packed = undefined;
		this.#ledger.note(copies);
		const change = this.#changes;
		await Promise.all([...this.#replicas.values()].map((replica) => this.#bring(replica, change)));
	}

	up({ id, name }: RunningContainer): void {
		const replica = this.#replicas.get(id) ?? newReplica({ id, name });
		this.#replicas.set(id, replica);
		this.#ledger.add(id);
		replica.isUp = true;
		replica.needsCheck = true;
		void this.#start(replica);
	}

	down(id: string): void {
		const replica = this.#replicas.get(id);
		if (replica === undefined) return;
		replica.isUp = false;
		endRound(replica);
	}

	gone(id: string): void {
		this.down(id);
		this.#replicas.delete(id);
		this.#ledger.remove(id);
	}

	running(): readonly RunningContainer[] {
		return [...this.#replicas.values()].filter(({ isUp }) => isUp);
	}

	async settled(): Promise<void> {
		for (;;) {
			const work = [...this.#replicas.values()].flatMap((replica) => replica.work ?? []);
			if (work.length === 0) return;
			await Promise.all(work);
		}
	}

	/** Until the container has the change, or can't be reached. */
	async #bring(replica: Replica, change: number): Promise<void> {
		while (replica.isUp && replica.done < change) {
			const { promise } = replica.round;
			void this.#start(replica);
			await promise;
		}
	}

	/** One round at a time for each container; what comes meanwhile, also at its very end, is the next one's. */
	#start(replica: Replica): Promise<void> {
		replica.work ??= this.#work(replica).finally(() => {
			replica.work = undefined;
			if (this.#hasWork(replica)) void this.#start(replica);
		});
		return replica.work;
	}

	#hasWork({ id, isUp, needsCheck }: Replica): boolean {
		return isUp && (needsCheck || this.#ledger.hasWork(id));
	}

	async #work(replica: Replica): Promise<void> {
		while (this.#hasWork(replica)) {
			const change = this.#changes;
			try {
				if (replica.needsCheck) await this.#check(replica);
				const wanted = this.#ledger.take(replica.id);
				if (wanted.size > 0) await this.#sendOrKeep(replica, wanted);
				replica.done = change;
				endRound(replica);
			} catch (error) {
				await this.#meet(replica, error);
			}
		}
		if (replica.isUp) replica.done = this.#changes;
		endRound(replica);
	}

	async #check(replica: Replica): Promise<void> {
		replica.needsCheck = false;
		const { entries } = this.#ledger;
		if (entries.size === 0) return;
		const since = this.#tools.now();
		try {
			const host = viewHost(this.#tools.files);
			const different = await comparePaths(this.#tools.engine, replica.id, { entries: new Map(entries), host });
			const wanted = new Map(different.map((target) => [target, entries.get(target)] as const).filter(isKnown));
			if (wanted.size === 0) return;
			await this.#send(replica, wanted);
			this.#tools.onRepair(wanted.size, since);
		} catch (error) {
			replica.needsCheck = true;
			throw error;
		}
	}

	/** What failed for another reason than what was sent is to be done again. */
	async #sendOrKeep(replica: Replica, wanted: ReadonlyMap<string, CopySource>): Promise<void> {
		try {
			await this.#send(replica, wanted);
		} catch (error) {
			this.#ledger.mark(replica.id, wanted.keys());
			throw error;
		}
	}

	/** Where it fails it is tried once more, then in halves, until what can't be sent stands alone. */
	async #send(replica: Replica, wanted: ReadonlyMap<string, CopySource>, isRetry = false): Promise<void> {
		const refusal = await this.#try(replica, wanted);
		if (refusal === undefined) return;
		if (isRetry && wanted.size === 1) {
			this.#giveUp(replica, wanted, refusal);
			return;
		}
		const all = [...wanted];
		const middle = isRetry ? Math.ceil(all.length / 2) : all.length;
		await this.#send(replica, new Map(all.slice(0, middle)), true);
		if (middle < all.length) await this.#send(replica, new Map(all.slice(middle)), true);
	}

	/** Gives the engine's refusal. */
	async #try(replica: Replica, wanted: ReadonlyMap<string, CopySource>): Promise<LabcError | undefined> {
		try {
			await this.#sendAll(replica, wanted);
			return undefined;
		} catch (error) {
			if (isRefusal(error)) return error;
			throw error;
		}
	}

	async #sendAll(replica: Replica, wanted: ReadonlyMap<string, CopySource>): Promise<void> {
		const parcel = this.#pack(wanted);
		const { deletion } = await sendParcel(this.#tools.engine, replica.id, parcel);
		for (const message of parcel.problems) this.#tell(message, { message });
		if (deletion === undefined || deletion.outcome === 'deleted') return;
		const reason = deletion.outcome === 'failed' ? deletion.reason : deletion.outcome;
		if (deletion.outcome === 'no rm') {
			this.#tell('no rm', {
				message: `\`${replica.name}\` has no \`rm\`: what is deleted here stays there`,
				hint: 'Base the image on one with `sh` and `rm`, or use `action: rebuild`.',
			});
			return;
		}
		if (parcel.deleted.length > 1) throw new LabcError('ENGINE_REFUSED', reason);
		this.#tell(`${replica.id} ${parcel.deleted[0]} ${reason}`, {
			message: `\`${parcel.deleted[0]}\` can't be deleted in \`${replica.name}\`: ${reason}`,
		});
	}

	/** Containers that want the same get the same bytes. */
	#pack(wanted: ReadonlyMap<string, CopySource>): Parcel {
		const key = [this.#changes, ...wanted.keys()].join('\n');
		if (this.#packed?.key === key) return this.#packed.parcel;
		const parcel = packParcel(wanted, viewHost(this.#tools.files));
		this.#packed = { key, parcel };
		return parcel;
	}

	/** Told once, and tried again later: there may be room then. */
	#giveUp(replica: Replica, wanted: ReadonlyMap<string, CopySource>, error: Error): void {
		const [target] = wanted.keys();
		this.#tell(`${replica.id} ${target} ${error.message}`, {
			message: `\`${target}\` can't be copied into \`${replica.name}\`: ${error.message}`,
			hint: 'Mend what it says: labc goes on trying.',
		});
		void this.#tools.pause(slowRetryMs).then(() => {
			this.#ledger.mark(replica.id, wanted.keys());
			return this.#start(replica);
		});
	}

	#tell(key: string, problem: SyncProblem): void {
		if (this.#told.has(key)) return;
		this.#told.add(key);
		this.#tools.onProblem(problem);
	}

	/** A container that has gone or does not run is told of by its events; an engine that is away comes back. */
	async #meet(replica: Replica, error: unknown): Promise<void> {
		if (!(error instanceof LabcError)) {
			const message = error instanceof Error ? error.message : String(error);
			this.#tell(message, { message: `\`${replica.name}\`: ${message}` });
		}
		await this.#tools.pause(retryMs);
	}
}

const isKnown = (entry: readonly [string, CopySource | undefined]): entry is [string, CopySource] =>
	entry[1] !== undefined;

/** The engine has looked at what was sent and does not want it. */
const isRefusal = (error: unknown): error is LabcError => error instanceof LabcError && error.code === 'ENGINE_REFUSED';
