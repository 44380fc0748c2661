import type { ContainerApi } from '../container-api.ts';
import type { EngineSession } from './session.ts';

/** Files that go into a container as a tar. */
export const archiveApi = (session: EngineSession): Pick<ContainerApi, 'putArchive'> => ({
	async putArchive(id, archive, { path, asContainerUser, replacesKinds = false }) {
		const query = {
			path,
			...(!replacesKinds && { noOverwriteDirNonDir: 'true' }),
			...(asContainerUser && { copyUIDGID: 'true' }),
		};
		const call = `copy files into container \`${session.names.of(id)}\``;
		const whole = wholeOf(archive);
		if (whole !== undefined) {
			const target = `/containers/${encodeURIComponent(id)}/archive`;
			await session.change(call, { method: 'PUT', path: target, query, body: whole });
			return;
		}
		const { Readable } = await import('node:stream');
		const body = Readable.from(blocksOf(archive), { objectMode: false });
		const broken = new AbortController();
		body.once('error', (error) => broken.abort(error));
		try {
			await session.stream(call, (docker) =>
				docker.getContainer(id).putArchive(body, { ...query, abortSignal: broken.signal }),
			);
		} catch (error) {
			throw broken.signal.aborted ? broken.signal.reason : error;
		} finally {
			body.destroy();
		}
	},
});

/** So much is given away at once, without dockerode. */
const wholeBytes = 8 * 2 ** 20;

/** What is in memory already, and small enough. */
function wholeOf(archive: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> | undefined {
	if (!Array.isArray(archive)) return undefined;
	const pieces: readonly Uint8Array[] = archive;
	const size = pieces.reduce((sum, { length }) => sum + length, 0);
	return size <= wholeBytes ? Buffer.concat(pieces) : undefined;
}

/** Bytes written at a time: a runtime that is given hundreds of MiB at once needs seconds to be rid of them. */
const blockBytes = 256 * 2 ** 10;

/** The same bytes in pieces of a good size to send. */
function* blocksOf(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
	let held: Uint8Array[] = [];
	let size = 0;
	for (const piece of pieces) {
		for (let at = 0; at < piece.length; at += blockBytes) {
			const part = piece.subarray(at, at + blockBytes);
			held.push(part);
			size += part.length;
			if (size < blockBytes) continue;
			yield Buffer.concat(held);
			[held, size] = [[], 0];
		}
	}
	if (size > 0) yield Buffer.concat(held);
}
