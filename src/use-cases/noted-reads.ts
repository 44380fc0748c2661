import type { ReadText } from '../watch/watched-rules.ts';
import type { FileMarks, ProjectFiles } from './follow-project-files.ts';

/** Reads files, and notes by what each of them was known then, whether it was there or not. */
export function notedReads(
	readText: ReadText,
	mark: ProjectFiles['mark'],
): { readonly readText: ReadText; readonly noted: FileMarks } {
	const noted = new Map<string, string>();
	return {
		noted,
		readText(file) {
			noted.set(file, noted.get(file) ?? mark(file));
			return readText(file);
		},
	};
}
