/**
 * The entries of a decoded object in the order docker compose writes them. JavaScript moves keys that look like
 * integers to the front; only maps with the user's own keys can hold such keys, and those are sorted by text.
 */
export function orderedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
	const entries = Object.entries(record);
	const first = entries[0]?.[0];
	if (first === undefined || !/^\d/.test(first)) return entries;
	return entries.sort(([a], [b]) => compareText(a, b));
}

/** By code unit, independent of the locale. */
export function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
