import type { Position, SourceFile } from '../errors/source-location.ts';

/** Where an env file sets a variable: the last line that does, which is the one that counts. */
export function envLineOf(name: string, source: SourceFile): Position {
	const escaped = name.replaceAll(/[.[\]-]/g, '\\$&');
	const lines = source.text.matchAll(
		new RegExp(`^([^\\S\\n]*)(?:export[^\\S\\n]+)?${escaped}[^\\S\\n]*(?:[=:]|$)`, 'gm'),
	);
	const last = [...lines].at(-1);
	return { source, offset: (last?.index ?? 0) + (last?.[1]?.length ?? 0) };
}

/** What stands behind the `=` of a line, as it is written. */
export function envTextAt({ source, offset }: Position): string {
	const [line = ''] = source.text.slice(offset).split('\n', 1);
	return /[=:](.*)$/s.exec(line)?.[1]?.trim() ?? '';
}
