/** Keys whose empty values mean something of their own to the engine. */
const exactKeys = new Set(['Cmd', 'Entrypoint', 'StopTimeout', 'EnableIPv6', 'Init']);

/** Lists whose order means nothing. */
const unordered = new Set(['Env', 'Binds', 'Mounts', 'Ulimits', 'CapAdd', 'CapDrop', 'ExtraHosts']);

/** A request without what both say by not saying it: nulls, zeros, empty texts, lists and maps. */
export function comparable(value: unknown, key = ''): unknown {
	if (exactKeys.has(key) && value !== undefined) return value;
	if (Array.isArray(value)) return comparableList(value, key);
	if (typeof value !== 'object' || value === null) return value || undefined;
	const entries = Object.entries(value)
		.map(([name, inner]) => [name, comparable(inner, name)] as const)
		.filter(([, inner]) => inner !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	// An exposed port maps to an empty object: its key is what counts.
	if (key === 'ExposedPorts') return Object.keys(value).sort();
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function comparableList(values: readonly unknown[], key: string): unknown {
	const kept = values.map((value) => comparable(value) ?? null);
	if (kept.every((value) => value === null)) return undefined;
	return unordered.has(key) ? kept.map((value) => JSON.stringify(value)).sort() : kept;
}
