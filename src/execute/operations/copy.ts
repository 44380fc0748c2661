import type { CopiedFile } from '../../plan/plan.ts';
import { fileContent } from '../file-content.ts';
import type { Handlers, StepRun } from '../step-run.ts';
import { tarArchive } from '../tar-archive.ts';
import { callByName } from './call-by-name.ts';

export const copyHandlers: Pick<Handlers, 'container.copy'> = {
	/** One archive a file: whether its owner is the container's user is said of the whole of it. */
	'container.copy': async ({ container, files }, run) => {
		for (const file of files) {
			const archive = await archiveOf(file, run);
			const options = { path: '/', asContainerUser: file.uid !== undefined || file.gid !== undefined };
			await callByName(container, run, (id) => run.engine.putArchive(id, [archive], options));
		}
		return {};
	},
};

async function archiveOf(file: CopiedFile, { project, contents }: StepRun): Promise<Uint8Array> {
	const content = Buffer.from(await fileContent(file, project, contents));
	const { target: path, mode, uid = 0, gid = 0 } = file;
	return tarArchive([{ kind: 'file', path, content, mode, uid, gid, modified: Math.floor(contents.now() / 1000) }]);
}
