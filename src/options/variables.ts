/** Variables by name: the process environment with what `.env` files add. A map, so that no name is special. */
export type Variables = ReadonlyMap<string, string>;

export function variablesOf(env: Readonly<Record<string, string | undefined>>): Map<string, string> {
	const variables = new Map<string, string>();
	for (const [name, value] of Object.entries(env)) {
		if (value !== undefined) variables.set(name, value);
	}
	return variables;
}

/** What was set first stays. */
export function addMissing(variables: Map<string, string>, more: Variables): void {
	for (const [name, value] of more) {
		if (!variables.has(name)) variables.set(name, value);
	}
}
