import type { Engine } from '../engine/engine.ts';
import { type TarEntry, tarArchive } from '../execute/tar-archive.ts';
import type { CopySource, Placed } from './decide.ts';
import { type Deletion, deletePaths } from './delete-paths.ts';
import { HostProblem, type HostView } from './host-view.ts';
import { planTransfer } from './plan-transfer.ts';

export type TransferEngine = Pick<Engine, 'putArchive' | 'createExec' | 'startExec' | 'inspectExec'>;

/** What is to be sent, read once for all containers it goes to. */
export interface Parcel {
	readonly archives: Iterable<Uint8Array>;
	readonly copied: number;
	readonly deleted: readonly string[];
	readonly between: readonly Placed[];
	readonly host: HostView;
	/** What of the host can't be copied; known when the archives have been taken. */
	readonly problems: readonly string[];
}

/** An archive is sent when it is so large; what is larger goes alone. */
const archiveBytes = 32 * 2 ** 20;

export function packParcel(wanted: ReadonlyMap<string, CopySource>, host: HostView): Parcel {
	const { copied, deleted, between } = planTransfer(wanted, host);
	const problems: string[] = [];
	return {
		archives: remembered(archivesOf(copied, { host, problems })),
		copied: copied.filter(({ target }) => wanted.has(target)).length,
		deleted,
		between,
		host,
		problems,
	};
}

interface Reading {
	readonly host: HostView;
	readonly problems: string[];
}

function* archivesOf(copied: readonly Placed[], { host, problems }: Reading): Generator<Uint8Array> {
	let entries: TarEntry[] = [];
	let bytes = 0;
	for (const placed of copied) {
		const entry = readOrNote(placed, { host, problems });
		if (entry === undefined) continue;
		entries.push(entry);
		bytes += entry.kind === 'file' ? entry.content.length : 0;
		if (bytes < archiveBytes) continue;
		yield tarArchive(entries);
		[entries, bytes] = [[], 0];
	}
	if (entries.length > 0) yield tarArchive(entries);
}

function readOrNote(placed: Placed, { host, problems }: Reading): TarEntry | undefined {
	try {
		return host.read(placed);
	} catch (error) {
		if (!(error instanceof HostProblem)) throw error;
		problems.push(error.message);
		return undefined;
	}
}

/** A single archive is kept for the other containers; of several each one is read anew, for they are large. */
function remembered(archives: Generator<Uint8Array>): Iterable<Uint8Array> {
	const taken: Uint8Array[] = [];
	return {
		*[Symbol.iterator]() {
			for (let at = 0; ; at += 1) {
				if (at === taken.length) {
					const next = archives.next();
					if (next.done === true) return;
					taken.push(next.value);
				}
				const archive = taken[at];
				if (archive !== undefined) yield archive;
			}
		},
	};
}

export interface Sent {
	/** Undefined where nothing was deleted. */
	readonly deletion: Deletion | undefined;
}

/** Makes what is in the parcel so in one container. What is copied and what is deleted have nothing to do with each other. */
export async function sendParcel(engine: TransferEngine, id: string, parcel: Parcel): Promise<Sent> {
	const copying = copyAll(engine, id, parcel.archives);
	const deleting = parcel.deleted.length === 0 ? undefined : deleteAll(engine, id, parcel);
	// Both have ended before anything is tried again.
	await Promise.allSettled([copying, deleting]);
	await copying;
	return { deletion: await deleting };
}

async function copyAll(engine: TransferEngine, id: string, archives: Iterable<Uint8Array>): Promise<void> {
	for (const archive of archives) {
		await engine.putArchive(id, archive, { path: '/', asContainerUser: true, replacesKinds: true });
	}
}

async function deleteAll(engine: TransferEngine, id: string, parcel: Parcel): Promise<Deletion> {
	const request = { paths: parcel.deleted, between: parcel.between.map(({ target }) => target) };
	const first = await deletePaths(engine, id, request);
	if (first.outcome === 'failed') return deletePaths(engine, id, { ...request, user: '0' });
	if (first.outcome !== 'link in the way') return first;
	const folders = parcel.between.flatMap((placed) => parcel.host.read(placed) ?? []);
	if (folders.some(({ kind }) => kind !== 'directory')) return first;
	await copyAll(engine, id, [tarArchive(folders)]);
	return deletePaths(engine, id, request);
}
