import path from 'node:path';
import { attributeLocator } from '../document/locate-attribute.ts';
import { childOf, type Node } from '../document/node.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { FileMarks, ProjectFiles } from '../use-cases/follow-project-files.ts';
import { fileMark } from '../watch/file-mark.ts';
import { watchFiles } from '../watch/watch-files.ts';
import type { CommandContext } from './command.ts';

/** The files a project was read from: those that were named, those they include or extend, and what gives variables. */
export function projectFiles(
	context: CommandContext,
	loaded: LoadedProject,
	services: readonly string[],
): ProjectFiles {
	let known = filesOf(loaded, context.cwd);
	return {
		files: marksOf(known),
		mark: fileMark,
		async load() {
			// As they are before they are read: what changes meanwhile is found later.
			const before = marksOf(known);
			const again = await context.loadProject({ services });
			known = filesOf(again, context.cwd);
			const files = new Map(known.map((file) => [file, before.get(file) ?? fileMark(file)]));
			return { project: again.project, locate: attributeLocator(again.tree), files };
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
	};
}

const marksOf = (files: readonly string[]): FileMarks => new Map(files.map((file) => [file, fileMark(file)]));

/** A `.env` may lie beside each of the files, and come later. */
function filesOf({ project, tree, includedEnvFiles }: LoadedProject, cwd: string): readonly string[] {
	const named = project.configFiles.filter((file) => file !== '-');
	const sources = new Set([...named, ...[...sourcesOf(tree)].map((file) => path.resolve(cwd, file))]);
	const folders = new Set([project.workingDir, cwd, ...[...sources].map((file) => path.dirname(file))]);
	const envFiles =
		project.environmentFiles.length > 0
			? project.environmentFiles
			: [...folders].map((folder) => path.join(folder, '.env'));
	return [...new Set([...sources, ...envFiles, ...includedEnvFiles, ...filesOfServices(tree)])];
}

/** What services take their environment and labels from. */
function filesOfServices(tree: Node): readonly string[] {
	const services = childOf(tree, 'services');
	if (services?.kind !== 'mapping') return [];
	return [...services.entries.values()]
		.flatMap(({ value }) => [
			...itemsOf(childOf(value, 'env_file')).map((file) => childOf(file, 'path')),
			...itemsOf(childOf(value, 'label_file')),
		])
		.flatMap((file) => (file?.kind === 'scalar' && typeof file.value === 'string' ? [file.value] : []));
}

const itemsOf = (node: Node | undefined): readonly Node[] => (node?.kind === 'sequence' ? node.items : []);

/** The files that values stand in, and those that were merged away by later ones. */
function sourcesOf(node: Node, found: Set<string> = new Set()): ReadonlySet<string> {
	for (const { source } of [node.at, ...(node.replaces ?? [])]) if (source.path !== '-') found.add(source.path);
	if (node.kind === 'sequence') for (const item of node.items) sourcesOf(item, found);
	if (node.kind === 'mapping') for (const { value } of node.entries.values()) sourcesOf(value, found);
	return found;
}
