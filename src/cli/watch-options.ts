import { readFileSync } from 'node:fs';
import { attributeLocator } from '../document/locate-attribute.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { WatchOptions } from '../use-cases/watch-project.ts';
import { hostFiles } from '../watch/host-files.ts';
import type { CommandContext } from './command.ts';
import { projectFiles } from './project-files.ts';

interface WatchValues {
	readonly prune: boolean | undefined;
	readonly 'no-reload': boolean | undefined;
}

/** How `watch` and `up --watch` watch; what they bring up first is theirs to say. */
export const watchOptions = (
	context: CommandContext,
	values: WatchValues,
	{ loaded, services }: { readonly loaded: LoadedProject; readonly services: readonly string[] },
): Omit<WatchOptions, 'up'> => ({
	services,
	builds: {},
	prune: values.prune ?? true,
	reload: values['no-reload'] ? undefined : projectFiles(context, loaded, services),
	files: hostFiles,
	unread: AbortSignal.any([context.terminal.outClosed, context.terminal.errClosed]),
	readText: readIfThere,
	locate: attributeLocator(loaded.tree),
	flushProgress: context.flushProgress,
});

/** Of the ignore file of a build. */
function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw new LabcError('SOURCE_UNREADABLE', `the ignore file \`${file}\` cannot be read: ${reasons[code] ?? code}`, {
			hint: 'Check the file and its permissions.',
			cause: error,
		});
	}
}

const reasons: Readonly<Record<string, string>> = { EISDIR: 'it is a folder', EACCES: 'permission denied' };
