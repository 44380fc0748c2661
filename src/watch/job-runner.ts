import { LabcError } from '../errors/labc-error.ts';
import { type Comparison, comparePaths } from './compare.ts';
import type { Job, Outcome, SendJob } from './container-account.ts';
import type { Deletion } from './delete-paths.ts';
import type { HostFiles } from './host-files.ts';
import { type HostView, viewHost } from './host-view.ts';
import { type Layout, newLayouts } from './layout.ts';
import type { Wish } from './plan-transfer.ts';
import type { ProblemTeller } from './problem-teller.ts';
import { HostProblem } from './read-host-file.ts';
import type { Rule } from './rules.ts';
import {
	isRefusal,
	type Kept,
	type Parcel,
	packParcel,
	sendParcel,
	type TransferEngine,
	takesNothing,
} from './transfer.ts';

export interface JobTools {
	readonly engine: TransferEngine;
	readonly files: Pick<HostFiles, 'look' | 'lookAtRoot' | 'readFile' | 'readLink'>;
	/** The service's own. */
	readonly rules: readonly Rule[];
	/** Whether only the running container sees what is at a path. */
	inMemory(target: string): boolean;
	/** What differed in a container was made as on the host, and nobody waits for that. */
	onRepair(container: string, repaired: Repaired): void;
	/** Milliseconds; only differences count. */
	now(): number;
}

/** The host's paths, each once. */
export interface Repaired {
	readonly changed: readonly string[];
	/** Those of them that are no longer there. */
	readonly deleted: readonly string[];
	/** When it began. */
	readonly since: number;
}

export interface RunningContainer {
	readonly id: string;
	readonly name: string;
}

/** When a job is done. */
interface JobMoment {
	/** What was packed for an earlier one is not sent any more. */
	readonly version: number;
	/** Whether the container has not started again since. */
	isCurrent(): boolean;
}

/** Does single jobs for the containers of one service. */
export class JobRunner {
	readonly #tools: JobTools;
	readonly #tell: ProblemTeller;
	readonly #leftOut = new Set<string>();
	readonly #layouts: (host: HostView) => Layout;
	/** Whether the containers could delete when something was last to be deleted. */
	deletes = true;
	/** Packed for the first container that wants exactly it, after the last change. */
	#packed: { readonly key: string; readonly parcel: Parcel } | undefined;

	constructor(tools: JobTools, tell: ProblemTeller) {
		this.#tools = tools;
		this.#tell = tell;
		this.#layouts = newLayouts(tools.rules);
	}

	/** Whether nothing could be copied when the path was last sent: it is a pipe, or may not be read. */
	leavesOut(target: string): boolean {
		return this.#leftOut.has(target);
	}

	/** What was packed for an earlier version is not sent any more. */
	run(container: RunningContainer, job: Job, moment: JobMoment): Promise<Outcome> {
		return job.kind === 'send' ? this.#send(container, job, moment) : this.#compare(container, job);
	}

	async #compare(container: RunningContainer, { entries }: Extract<Job, { kind: 'compare' }>): Promise<Outcome> {
		const place = this.#look();
		try {
			const compared: Comparison = await comparePaths(this.#tools.engine, container.id, { entries, ...place });
			if (compared.lacks !== undefined) this.#tell.cannotCompare(container.name, compared.lacks);
			return { kind: 'compared', different: compared.different };
		} catch (error) {
			this.#tell.unknown(container.name, error);
			return { kind: 'broken off', copied: [], deleted: [] };
		}
	}

	async #send(container: RunningContainer, job: SendJob, { version, isCurrent }: JobMoment): Promise<Outcome> {
		const since = this.#tools.now();
		const parcel = this.#pack(job, version);
		const copied = parcel.copied.map(({ target }) => target);
		try {
			const { deletion, kept } = await sendParcel(whileCurrent(this.#tools.engine, isCurrent), container.id, parcel);
			this.#noteLeftOut(job, parcel);
			if (parcel.deleted.length + parcel.deletedFiles.length > 0) this.deletes = deletion.outcome !== 'no rm';
			if (deletion.outcome === 'no rm') this.#tell.noRm(container.name);
			else if (deletion.outcome !== 'deleted')
				return { kind: 'refused', reason: reasonOf(deletion), isWhole: false, copied, deleted: [] };
			const isDeleted = deletion.outcome !== 'no rm';
			const repaired = job.isRepair ? repairedBy(job, parcel, { kept, isDeleted }) : { changed: [], deleted: [] };
			if (repaired.changed.length > 0) this.#tools.onRepair(container.name, { ...repaired, since });
			return { kind: 'sent', copied, deleted: isDeleted ? parcel.gone : [], kept };
		} catch (error) {
			this.#packed = undefined;
			return this.#fail(container, job, { error, copied });
		}
	}

	async #fail(
		{ id, name }: RunningContainer,
		{ refusals }: SendJob,
		{ error, copied }: { readonly error: unknown; readonly copied: readonly string[] },
	): Promise<Outcome> {
		// It changed under way: it is sent again, and is told of where that goes on.
		if (error instanceof HostProblem)
			return { kind: 'refused', reason: error.message, isWhole: false, copied, deleted: [] };
		if (!isRefusal(error)) {
			this.#tell.unknown(name, error);
			return { kind: 'broken off', copied, deleted: [] };
		}
		// What is refused for the first time is tried again as it is.
		const isWhole = refusals > 0 && (await takesNothing(this.#tools.engine, id));
		return { kind: 'refused', reason: error.message, isWhole, copied, deleted: [] };
	}

	#noteLeftOut({ wanted }: SendJob, { problems }: Parcel): void {
		for (const target of wanted.keys()) {
			const message = problems.get(target);
			if (message === undefined) this.#leftOut.delete(target);
			else {
				this.#leftOut.add(target);
				this.#tell.problem(message, { message });
			}
		}
	}

	/** As the host is now. */
	pack(wish: Wish): Parcel {
		return packParcel(wish, { ...this.#look(), inMemory: this.#tools.inMemory });
	}

	/** Containers that want the same get the same bytes: what changes on the host after they were read is noted later. */
	#pack(job: SendJob, version: number): Parcel {
		const key = [version, ...job.wanted.keys(), '', ...job.absent, '', ...job.told, '', ...job.cleared].join('\n');
		if (this.#packed?.key === key) return this.#packed.parcel;
		const parcel = this.pack(job);
		this.#packed = { key, parcel };
		return parcel;
	}

	#look(): { readonly host: HostView; readonly layout: Layout } {
		const host = viewHost(this.#tools.files);
		return { host, layout: this.#layouts(host) };
	}
}

/** What was planned for a container is not done to it when it has started again: what is there by then may be its own. */
function whileCurrent(engine: TransferEngine, isCurrent: () => boolean): TransferEngine {
	const check = async <T>(act: () => Promise<T>): Promise<T> => {
		if (!isCurrent()) throw new LabcError('ENGINE_CONFLICT', 'the container has started again meanwhile');
		return act();
	};
	return {
		putArchive: (...given) => check(() => engine.putArchive(...given)),
		createExec: (...given) => check(() => engine.createExec(...given)),
		startExec: (...given) => check(() => engine.startExec(...given)),
		inspectExec: (id) => engine.inspectExec(id),
	};
}

interface Result {
	readonly kept: Kept | undefined;
	readonly isDeleted: boolean;
}

function repairedBy(
	{ wanted }: SendJob,
	{ problems, gone }: Parcel,
	{ kept, isDeleted }: Result,
): Pick<Repaired, 'changed' | 'deleted'> {
	const absent = new Set(gone);
	const done = [...wanted].filter(
		([target]) => !problems.has(target) && kept?.targets.has(target) !== true && (isDeleted || !absent.has(target)),
	);
	const pathsOf = (all: typeof done): readonly string[] => [...new Set(all.map(([, { hostPath }]) => hostPath))];
	return { changed: pathsOf(done), deleted: pathsOf(done.filter(([target]) => absent.has(target))) };
}

const reasonOf = (deletion: Deletion): string => (deletion.outcome === 'failed' ? deletion.reason : deletion.outcome);
