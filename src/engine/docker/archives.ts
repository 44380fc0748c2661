import { Readable } from 'node:stream';
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
		const body = Readable.from(blocksOf(archive), { objectMode: false });
		const broken = new AbortController();
		body.once('error', (error) => broken.abort(error));
		try {
			await session.stream(`copy files into container \`${session.names.of(id)}\``, (docker) =>
				docker.getContainer(id).putArchive(body, { ...query, abortSignal: broken.signal }),
			);
		} catch (error) {
			throw broken.signal.aborted ? broken.signal.reason : error;
		} finally {
			body.destroy();
		}
	},
});

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
