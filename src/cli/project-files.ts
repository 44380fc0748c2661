import { attributeLocator } from '../document/locate-attribute.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { ProjectFiles } from '../use-cases/follow-project-files.ts';
import { fileMark } from '../watch/file-mark.ts';
import { watchFiles } from '../watch/watch-files.ts';
import type { CommandContext } from './command.ts';

/** The files a project was read from: those that were named, those they include or extend, and what gives variables. */
export const projectFiles = (
	context: Pick<CommandContext, 'loadProject' | 'emit'>,
	loaded: Pick<LoadedProject, 'files'>,
	services: readonly string[],
): ProjectFiles => ({
	files: new Map(loaded.files.map((file) => [file, fileMark(file)])),
	mark: fileMark,
	async load() {
		const files = new Map<string, string>();
		// As they are before they are read: what changes meanwhile is found later.
		const onFile = (file: string): void => void files.set(file, files.get(file) ?? fileMark(file));
		try {
			const { project, tree } = await context.loadProject({ services, onFile });
			return { files, read: { project, locate: attributeLocator(tree) } };
		} catch (error) {
			return { files, error };
		}
	},
	watch(files, onChange) {
		let isTold = false;
		return watchFiles(files, onChange, (error) => {
			if (isTold) return;
			isTold = true;
			const message = `changes of the project’s own files may go unseen: ${error}`;
			context.emit({ type: 'warning', message, hint: 'Run the command again after you changed them.' });
		});
	},
});
