/** Reads `format: raw` env files, as `docker run --env-file` does: no quotes, no expansion, no inline comments. */
export function readRawEnv(text: string, lookup: (name: string) => string | undefined): ReadonlyMap<string, string> {
	const variables = new Map<string, string>();
	for (const line of text.split('\n')) {
		const statement = line.replace(/\r$/, '').trimStart();
		if (statement === '' || statement.startsWith('#')) continue;
		const equals = statement.indexOf('=');
		const name = equals === -1 ? statement : statement.slice(0, equals);
		const value = equals === -1 ? lookup(name) : statement.slice(equals + 1);
		if (value !== undefined) variables.set(name, value);
	}
	return variables;
}
