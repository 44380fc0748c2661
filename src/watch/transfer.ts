import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import { type TarEntry, tarArchive, tarPieces } from '../execute/tar-archive.ts';
import type { Placed } from './decide.ts';
import { type Deletion, type DeletionRequest, deletePaths } from './delete-paths.ts';
import { foldersAmong } from './folders-among.ts';
import type { HostView } from './host-view.ts';
import { ancestorsOf, type Layout } from './layout.ts';
import { planTransfer, type Transfer, type Wish } from './plan-transfer.ts';
import { HostProblem } from './read-host-file.ts';
import { unpackInContainer } from './unpack-in-container.ts';

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
	/** The same without some paths. */
	without(targets: ReadonlySet<string>): Archive;
	/** Undefined where the engine unpacks it. */
	readonly inMemory?: InMemory;
}

/** What only the container itself can unpack. */
interface InMemory {
	/** Nothing else may be in their place: a link there would be followed. */
	readonly folders: readonly string[];
	/** Files and links that take the place of whatever is there. */
	readonly bold: readonly string[];
	/** The container can't unpack it. */
	leaveOut(): void;
}

interface Place {
	readonly host: HostView;
	readonly layout: Layout;
	/** Whether only the running container sees what is at a path. */
	inMemory(target: string): boolean;
}

/** Up to so many bytes are kept in memory for the other containers. */
const keptBytes = 8 * 2 ** 20;

export function packParcel(wish: Wish, place: Place): Parcel {
	const { host, inMemory } = place;
	const transfer = planTransfer(wish, place);
	const problems = new Map(
		transfer.leftOut.map(({ target, source: { hostPath } }) => [
			target,
			`\`${hostPath}\` is no file, folder or link, and is left out`,
		]),
	);
	return { ...transfer, archives: archivesOf(transfer, { host, problems, inMemory }), host, problems };
}

interface Reading extends Pick<Place, 'host' | 'inMemory'> {
	readonly problems: Map<string, string>;
}

function archivesOf({ copied, modest }: Transfer, reading: Reading): readonly Archive[] {
	const kindOf = ({ target }: Placed) => (reading.inMemory(target) ? 'own' : modest.has(target) ? 'last' : 'first');
	const { first = [], last = [], own = [] } = Object.groupBy(copied, kindOf);
	const pack = (placed: readonly Placed[], more: Pick<Archive, 'replacesKinds' | 'inMemory'>): Archive => ({
		pieces: packed(placed, reading),
		without: (targets) =>
			pack(
				placed.filter(({ target }) => !targets.has(target)),
				more,
			),
		...more,
	});
	return [
		...(first.length > 0 ? [pack(first, { replacesKinds: true })] : []),
		...(last.length > 0 ? [pack(last, { replacesKinds: false })] : []),
		...(own.length > 0 ? [pack(own, { replacesKinds: false, inMemory: inMemoryOf(own, modest, reading) })] : []),
	];
}

function inMemoryOf(copied: readonly Placed[], modest: ReadonlySet<string>, { host, problems }: Reading): InMemory {
	const isFolder = ({ source: { hostPath, rule } }: Placed): boolean =>
		host.look(hostPath, rule.root)?.kind === 'directory';
	const folders = copied.filter((placed) => isFolder(placed) && placed.source.hostPath !== placed.source.rule.root);
	const bold = copied.filter((placed) => !isFolder(placed) && !modest.has(placed.target));
	return {
		folders: folders.map(({ target }) => target),
		bold: bold.map(({ target }) => target),
		leaveOut() {
			for (const { target, source } of copied) problems.set(target, noTar(source.rule.declared.target ?? target));
		},
	};
}

const noTar = (target: string): string =>
	`nothing is copied to \`${target}\`: it is on a tmpfs, which only the container sees, and the image has no \`tar\``;

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

/**
 * Makes what is in the parcel so in one container. What is copied and what goes with all that is in it have nothing to do
 * with each other; a folder that is emptied may be in the way of a file.
 */
export async function sendParcel(engine: TransferEngine, id: string, parcel: Parcel): Promise<Sent> {
	if (parcel.deletedFolders.length > 0) {
		const deletion = await deleteAll(engine, id, parcel);
		return { deletion, kept: await copyInto(engine, id, parcel) };
	}
	const copying = copyInto(engine, id, parcel);
	const hasDoomed = parcel.deleted.length + parcel.deletedFiles.length > 0;
	const deleting = hasDoomed ? deleteAll(engine, id, parcel) : Promise.resolve({ outcome: 'deleted' as const });
	// Both have ended before anything is tried again.
	await Promise.allSettled([copying, deleting]);
	return { kept: await copying, deletion: await deleting };
}

export interface Sent {
	readonly deletion: Deletion;
	/** All else was copied. */
	readonly kept: Kept | undefined;
}

/** Folders of the container that have something in them, in the place of what never takes the place of one. */
export interface Kept {
	readonly targets: ReadonlySet<string>;
	/** The engine's words. */
	readonly reason: string;
}

/** An empty folder gives way to what never takes the place of one; what others are in the way of is left out. */
async function copyInto(engine: TransferEngine, id: string, { archives, modest }: Parcel): Promise<Kept | undefined> {
	try {
		await copyAll(engine, id, archives);
		return undefined;
	} catch (error) {
		if (modest.size === 0 || !isRefusal(error)) throw error;
		await deleteAs(engine, id, { paths: [], files: [], folders: [...modest], between: [] });
		const targets = await foldersAmong(engine, id, [...modest]);
		await copyAll(engine, id, targets.size === 0 ? archives : archives.map((archive) => archive.without(targets)));
		return targets.size === 0 ? undefined : { targets, reason: error.message };
	}
}

export async function copyAll(engine: TransferEngine, id: string, archives: readonly Archive[]): Promise<void> {
	for (const archive of archives) {
		if (archive.inMemory === undefined) await put(engine, id, archive);
		else await unpack(engine, id, { ...archive, inMemory: archive.inMemory });
	}
}

async function unpack(
	engine: TransferEngine,
	id: string,
	{ pieces, inMemory }: Archive & { readonly inMemory: InMemory },
): Promise<void> {
	const { folders, bold } = inMemory;
	if (folders.length > 0) await deleteAs(engine, id, { paths: [], files: folders, folders: [], between: [] });
	const isUnpacked = await unpackInContainer(engine, id, pieces).catch(async (error: unknown) => {
		if (bold.length === 0 || !isRefusal(error)) throw error;
		await deleteAs(engine, id, { paths: bold, files: [], folders: [], between: [] });
		return unpackInContainer(engine, id, pieces);
	});
	if (!isUnpacked) inMemory.leaveOut();
}

type Packed = Pick<Archive, 'pieces' | 'replacesKinds'>;

const put = (engine: TransferEngine, id: string, { pieces, replacesKinds }: Packed): Promise<void> =>
	engine.putArchive(id, pieces, { path: '/', asContainerUser: true, replacesKinds });

/** Whether the container refuses whatever it is sent: so it does an archive with nothing in it. */
export async function takesNothing(engine: TransferEngine, id: string): Promise<boolean> {
	try {
		await put(engine, id, { pieces: [tarArchive([])], replacesKinds: true });
		return false;
	} catch (error) {
		return isRefusal(error);
	}
}

/** The engine has looked at what was sent and does not want it. */
export const isRefusal = (error: unknown): error is LabcError =>
	error instanceof LabcError && error.code === 'ENGINE_REFUSED';

async function deleteAll(engine: TransferEngine, id: string, parcel: Parcel): Promise<Deletion> {
	const { deleted: paths, deletedFiles: files, deletedFolders: folders, between } = parcel;
	const request = { paths, files, folders, between: between.map(({ target }) => target) };
	return deleteRequested(engine, id, { parcel, request, tries: mostTries });
}

/** The container may make links and files where there were folders meanwhile. */
const mostTries = 4;

interface Deleting {
	readonly parcel: Parcel;
	readonly request: DeletionRequest;
	readonly tries: number;
}

/** What is below a link or a file is not there; where the host has a folder, it is put in its place first. */
async function deleteRequested(
	engine: TransferEngine,
	id: string,
	{ parcel, request, tries }: Deleting,
): Promise<Deletion> {
	const deletion = await deleteAs(engine, id, request);
	if (deletion.outcome !== 'no folder' || tries === 1) return deletion;
	const { host, between } = parcel;
	const isFolder = ({ source }: Placed): boolean => host.look(source.hostPath, source.rule.root)?.kind === 'directory';
	const others = between.filter(({ target }) => deletion.others.has(target));
	const stay = new Set(others.filter((placed) => !isFolder(placed)).map(({ target }) => target));
	const isLeft = (target: string): boolean => !ancestorsOf(target).some((above) => stay.has(above));
	const made = others.filter((placed) => isFolder(placed) && isLeft(placed.target));
	const entries = made.flatMap((placed) => host.read(placed) ?? []);
	if (entries.length > 0) await put(engine, id, { pieces: [tarArchive(entries)], replacesKinds: true });
	const left = {
		...{ paths: request.paths.filter(isLeft), files: request.files.filter(isLeft) },
		...{ folders: request.folders.filter(isLeft) },
		between: request.between.filter((target) => isLeft(target) && !stay.has(target)),
	};
	return deleteRequested(engine, id, { parcel, request: left, tries: tries - 1 });
}

/** As the container's user, and as root where that one may not. */
async function deleteAs(engine: TransferEngine, id: string, request: DeletionRequest): Promise<Deletion> {
	const first = await deletePaths(engine, id, request);
	return first.outcome === 'failed' ? deletePaths(engine, id, { ...request, user: '0' }) : first;
}
