import type { SourceFile } from '../errors/source-location.ts';
import type { EnvReading } from './env-grammar.ts';

/** Reads `format: raw` env files, as `docker run --env-file` does: no quotes, no expansion, no inline comments. */
export function readRawEnv(source: SourceFile, { lookup, into, findings, path }: EnvReading): void {
	for (const { 0: line, index } of source.text.matchAll(/[^\n]+/g)) {
		const statement = line.replace(/\r$/, '').trimStart();
		if (statement === '' || statement.startsWith('#')) continue;
		const equals = statement.indexOf('=');
		const name = equals === -1 ? statement : statement.slice(0, equals);
		const message = problemOfName(name);
		if (message !== undefined) {
			const offset = index + line.indexOf(statement);
			findings.error('ENV_FILE_INVALID', message, { at: { source, offset }, path, hint });
			continue;
		}
		const value = equals === -1 ? lookup(name) : statement.slice(equals + 1);
		if (value !== undefined) into.set(name, value);
	}
}

const hint = 'Write lines as `NAME=value`, without blanks around the name.';

function problemOfName(name: string): string | undefined {
	if (name === '') return 'a name is missing before `=`';
	return /[ \t]/.test(name) ? `the name \`${name}\` holds a blank` : undefined;
}
