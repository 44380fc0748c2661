import type { ContainerApi } from '../container-api.ts';
import type { EngineSession } from './session.ts';

/** Files that go into a container as a tar. */
export const archiveApi = (session: EngineSession): Pick<ContainerApi, 'putArchive'> => ({
	async putArchive(id, archive, { path, asContainerUser }) {
		const query = { path, noOverwriteDirNonDir: 'true', ...(asContainerUser && { copyUIDGID: 'true' }) };
		await session.write(`copy files into container \`${session.names.of(id)}\``, (docker) =>
			docker.getContainer(id).putArchive(Buffer.from(archive), query),
		);
	},
});
