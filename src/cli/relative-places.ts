import type { SourceLocation } from '../errors/source-location.ts';

/** Where something stands, as seen from `cwd`: a file below it is named from there, as the user would. */
export function placeFrom(cwd: string, at: SourceLocation): SourceLocation {
	const folder = cwd.endsWith('/') ? cwd : `${cwd}/`;
	return at.file.startsWith(folder) ? { ...at, file: at.file.slice(folder.length) } : at;
}
