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
		const body = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
		await session.stream(`copy files into container \`${session.names.of(id)}\``, (docker) =>
			docker.getContainer(id).putArchive(body, query),
		);
	},
});
