export type Query = Readonly<Record<string, string | undefined>>;

/** A path with its query; values that are undefined are left out. */
export function withQuery(path: string, query: Query): string {
	const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The engine's `filters` parameter, or undefined where there is nothing to filter by. */
export function filters(conditions: Readonly<Record<string, readonly string[] | undefined>>): string | undefined {
	const given = Object.entries(conditions).filter(([, values]) => values !== undefined && values.length > 0);
	return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given));
}
