import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import { type TarEntry, tarArchive, tarPieces } from '../execute/tar-archive.ts';
import type { SendJob } from './container-account.ts';
import type { Placed } from './decide.ts';
import { type Deletion, deletePaths } from './delete-paths.ts';
import type { HostView } from './host-view.ts';
import { planTransfer, type Transfer } from './plan-transfer.ts';
import { HostProblem } from './read-host-file.ts';

export type TransferEngine = Pick<Engine, 'putArchive' | 'createExec' | 'startExec' | 'inspectExec'>;

/** What is to be sent to all containers that want it. */
export interface Parcel extends Transfer {
	readonly archives: readonly Archive[];
	readonly host: HostView;
	/** What of the host can't be copied, by where it would go; known when the archives have been sent. */
	readonly problems: ReadonlyMap<string, string>;
}

interface Archive {
	/** Read from the host while they are taken, for each container anew, unless they are few. */
	readonly pieces: Iterable<Uint8Array>;
	/** Whether what is in the way is replaced whatever it is. */
	readonly replacesKinds: boolean;
}

/** Up to so many bytes are kept in memory for the other containers. */
const keptBytes = 8 * 2 ** 20;

export function packParcel({ wanted, absent }: Pick<SendJob, 'wanted' | 'absent'>, host: HostView): Parcel {
	const transfer = planTransfer(wanted, host, absent);
	const problems = new Map(
		transfer.leftOut.map(({ target, source: { hostPath } }) => [
			target,
			`\`${hostPath}\` is no file, folder or link, and is left out`,
		]),
	);
	return { ...transfer, archives: archivesOf(transfer.copied, { host, problems }), host, problems };
}

interface Reading {
	readonly host: HostView;
	readonly problems: Map<string, string>;
}

/** What the container has below a rule's target is a copy; the target itself may be a folder of its own, which stays. */
function archivesOf(copied: readonly Placed[], reading: Reading): readonly Archive[] {
	const isFile = ({ source: { hostPath, rule } }: Placed): boolean =>
		hostPath === rule.root && reading.host.look(hostPath, rule.root)?.kind !== 'directory';
	const { files = [], others = [] } = Object.groupBy(copied, (placed) => (isFile(placed) ? 'files' : 'others'));
	return [
		...(others.length > 0 ? [{ pieces: packed(others, reading), replacesKinds: true }] : []),
		...(files.length > 0 ? [{ pieces: packed(files, reading), replacesKinds: false }] : []),
	];
}

function packed(copied: readonly Placed[], reading: Reading): Iterable<Uint8Array> {
	const sizeOf = ({ source: { hostPath, rule } }: Placed): number => reading.host.look(hostPath, rule.root)?.size ?? 0;
	const size = copied.reduce((sum, placed) => sum + sizeOf(placed), 0);
	if (size <= keptBytes) return [tarArchive([...entriesOf(copied, reading)])];
	return { [Symbol.iterator]: () => tarPieces(entriesOf(copied, reading)) };
}

function* entriesOf(copied: readonly Placed[], reading: Reading): Generator<TarEntry> {
	for (const placed of copied) {
		const entry = readOrNote(placed, reading);
		if (entry !== undefined) yield entry;
	}
}

function readOrNote(placed: Placed, { host, problems }: Reading): TarEntry | undefined {
	try {
		return host.read(placed);
	} catch (error) {
		if (!(error instanceof HostProblem)) throw error;
		problems.set(placed.target, error.message);
		return undefined;
	}
}

/** Makes what is in the parcel so in one container. What is copied and what is deleted have nothing to do with each other. */
export async function sendParcel(engine: TransferEngine, id: string, parcel: Parcel): Promise<Deletion> {
	const copying = copyAll(engine, id, parcel.archives);
	const hasDoomed = parcel.deleted.length + parcel.deletedFiles.length > 0;
	const deleting = hasDoomed ? deleteAll(engine, id, parcel) : Promise.resolve({ outcome: 'deleted' as const });
	// Both have ended before anything is tried again.
	await Promise.allSettled([copying, deleting]);
	await copying;
	return deleting;
}

export async function copyAll(engine: TransferEngine, id: string, archives: readonly Archive[]): Promise<void> {
	for (const archive of archives) await put(engine, id, archive);
}

const put = (engine: TransferEngine, id: string, { pieces, replacesKinds }: Archive): Promise<void> =>
	engine.putArchive(id, pieces, { path: '/', asContainerUser: true, replacesKinds });

/** Whether the container refuses whatever it is sent: so it does an archive with nothing in it. */
export async function takesNothing(engine: TransferEngine, id: string): Promise<boolean> {
	try {
		await put(engine, id, { pieces: [tarArchive([])], replacesKinds: true });
		return false;
	} catch (error) {
		return error instanceof LabcError && error.code === 'ENGINE_REFUSED';
	}
}

async function deleteAll(engine: TransferEngine, id: string, parcel: Parcel): Promise<Deletion> {
	const between = parcel.between.map(({ target }) => target);
	const request = { paths: parcel.deleted, files: parcel.deletedFiles, between };
	const first = await deletePaths(engine, id, request);
	if (first.outcome === 'failed') return deletePaths(engine, id, { ...request, user: '0' });
	if (first.outcome !== 'no folder') return first;
	if (parcel.between.some(({ source }) => parcel.host.look(source.hostPath, source.rule.root)?.kind !== 'directory')) {
		// What is below a link or a file is not there.
		return parcel.deleted.length === 1 ? { outcome: 'deleted' } : first;
	}
	const folders = parcel.between.flatMap((placed) => parcel.host.read(placed) ?? []);
	await put(engine, id, { pieces: [tarArchive(folders)], replacesKinds: true });
	return deletePaths(engine, id, request);
}
