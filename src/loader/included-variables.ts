import path from 'node:path';
import { LabcError } from '../errors/labc-error.ts';
import { addMissing } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { isRegularFile } from '../sources/locate.ts';
import { readSource } from '../sources/read-source.ts';
import type { IncludeEntry, NamedFile } from './include-entry.ts';
import type { IncludedVariables, LoadScope } from './load-scope.ts';

/**
 * The variables of an included model: those of the including one, then those of the entry's env files, or of `.env`
 * beside the included file. Undefined where a named file is of no use.
 */
export async function includedVariables(
	{ envFiles, files }: IncludeEntry,
	folder: string,
	scope: LoadScope,
): Promise<IncludedVariables | undefined> {
	const found = path.join(folder, '.env');
	if (envFiles.length === 0) scope.findings.lookFor(found);
	const beside = isRegularFile(found) ? [{ name: found, place: files[0].place }] : [];
	const read = new Map<string, string>();
	const named = envFiles.length > 0 ? envFiles : beside;
	for (const file of named) {
		if (!(await readInto(read, file, scope))) return undefined;
	}
	const variables = new Map(scope.variables);
	addMissing(variables, read);
	const present = named.map(({ name }) => path.resolve(scope.workingDir, name)).filter(isRegularFile);
	return { variables, added: [...(scope.added ?? []), { files: present, over: scope.variables }] };
}

/** Relative paths are meant from the including project's folder. False where the file is of no use. */
async function readInto(read: Map<string, string>, { name, place }: NamedFile, scope: LoadScope): Promise<boolean> {
	const { findings, variables, workingDir } = scope;
	if (name === '/dev/null') return true; // the way to have no `.env` either
	const file = path.resolve(workingDir, name);
	findings.lookFor(file);
	try {
		const source = await readSource(file, { named: false, role: 'env file' });
		readEnv(source, { lookup: (variable) => variables.get(variable), into: read, findings, path: place.path });
		return true;
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		findings.error(error.code, error.message, { ...place, hint: error.hint });
		return false;
	}
}
