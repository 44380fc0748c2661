import type { HostFiles } from './host-files.ts';

/** The paths, a file first: where a new folder came with it, the file says what somebody did. */
export function leadWithFile(paths: readonly string[], { look }: Pick<HostFiles, 'look'>): readonly string[] {
	const nth = paths.findIndex((each) => look(each)?.kind !== 'directory');
	const file = paths[nth];
	return file === undefined || nth === 0 ? paths : [file, ...paths.slice(0, nth), ...paths.slice(nth + 1)];
}
