import path from 'node:path';
import type { Node } from '../document/node.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { ProjectFiles } from '../use-cases/watch-project.ts';
import { watchFiles } from '../watch/watcher.ts';
import type { CommandContext } from './command.ts';

/** The files a project was read from: those that were named, those they include or extend, and what gives variables. */
export function projectFiles(
	context: CommandContext,
	loaded: LoadedProject,
	services: readonly string[],
): ProjectFiles {
	const { project, tree } = loaded;
	const absolute = (file: string): string => path.resolve(context.cwd, file);
	return {
		list: () => [
			...new Set([
				...project.configFiles.filter((file) => file !== '-'),
				...[...sourcesOf(tree)].map(absolute),
				...(project.environmentFiles.length > 0
					? project.environmentFiles
					: [path.join(project.workingDir, '.env'), path.join(context.cwd, '.env')]),
			]),
		],
		load: async () => (await context.loadProject({ services })).project,
		watch(files, onChange) {
			let isTold = false;
			return watchFiles(files, onChange, (error) => {
				if (isTold) return;
				isTold = true;
				const message = `changes of the project’s own files may go unseen: ${error}`;
				context.emit({ type: 'warning', message, hint: 'Run the command again after you changed them.' });
			});
		},
	};
}

/** The files that values stand in, and those that were merged away by later ones. */
function sourcesOf(node: Node, found: Set<string> = new Set()): ReadonlySet<string> {
	for (const { source } of [node.at, ...(node.replaces ?? [])]) if (source.path !== '-') found.add(source.path);
	if (node.kind === 'sequence') for (const item of node.items) sourcesOf(item, found);
	if (node.kind === 'mapping') for (const { value } of node.entries.values()) sourcesOf(value, found);
	return found;
}
