import path from 'node:path';
import type { HostFiles, Listing } from './host-files.ts';

/** Stands where the bytes of a name are no text. */
const noText = '\uFFFD';

/**
 * The host's files without those whose names are not UTF-8, which nobody can look at by such a name: each is told where
 * it is listed, or its folder says that something happened to it.
 */
export function withoutUnnamed(files: HostFiles, onUnnamed: (path: string) => void): HostFiles {
	const isNamed = (folder: string, name: string): boolean => {
		const isThere = !name.includes(noText) || files.look(path.join(folder, name)) !== undefined;
		if (!isThere) onUnnamed(path.join(folder, name));
		return isThere;
	};
	const named = (folder: string, listing: Listing): Listing => {
		const { files: plain, symlinks, others } = listing;
		if (![plain, symlinks, others].some((names) => names.some((name) => name.includes(noText)))) return listing;
		const only = (names: readonly string[]): readonly string[] => names.filter((name) => isNamed(folder, name));
		return { ...listing, files: only(plain), symlinks: only(symlinks), others: only(others) };
	};
	const list = (folder: string): Listing => named(folder, files.list(folder));
	return {
		...files,
		list,
		listLater: async (folder) => named(folder, await files.listLater(folder)),
		watchFolder: (folder, onHint) =>
			files.watchFolder(folder, (name) => {
				if (name?.includes(noText)) list(folder);
				onHint(name);
			}),
	};
}
