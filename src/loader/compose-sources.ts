import path from 'node:path';
import type { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import { chooseEnvFiles, chooseFiles, isDefaultEnvFileDisabled } from '../options/precedence.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { addMissing, variablesOf } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { isRegularFile, locateComposeFiles } from '../sources/locate.ts';
import { readSource } from '../sources/read-source.ts';

/** Which files make the project and which variables they see. */
export interface ComposeSources {
	readonly workingDir: string;
	/** Absolute paths, `-` for standard input. */
	readonly configFiles: readonly string[];
	/** Those named by flag or environment; empty for the default `.env`. */
	readonly environmentFiles: readonly string[];
	readonly variables: Map<string, string>;
}

/** The variables known before any Compose file is looked for: the environment, then `.env` of the starting folder. */
export async function readVariables(
	options: ProjectOptions,
	findings: Findings,
): Promise<Omit<ComposeSources, 'configFiles'>> {
	const workingDir = folderOf(options, options.files);
	const variables = variablesOf(options.env);
	if (!variables.has('PWD')) variables.set('PWD', options.cwd);
	const named = chooseEnvFiles(options)?.map((file) => path.resolve(options.cwd, file));
	const files = named ?? defaultEnvFile(workingDir, options, findings);
	await addEnvFiles(files, { variables, named: named !== undefined, findings });
	return { workingDir, environmentFiles: named ?? [], variables };
}

/** Finds the Compose files, and reads the `.env` beside them where that is another folder. */
export async function resolveSources(options: ProjectOptions, findings: Findings): Promise<ComposeSources> {
	const first = await readVariables(options, findings);
	const configFiles = findConfigFiles(options, first, findings);
	const workingDir = folderOf(options, configFiles);
	if (first.environmentFiles.length === 0 && workingDir !== first.workingDir) {
		const files = defaultEnvFile(workingDir, options, findings);
		await addEnvFiles(files, { variables: first.variables, named: false, findings });
	}
	return { ...first, workingDir, configFiles };
}

/** The env files that variables are read from, the weakest first; of default ones, the first that is found wins. */
export function envFilesOf(options: ProjectOptions, workingDir: string): readonly string[] {
	const named = chooseEnvFiles(options)?.map((file) => path.resolve(options.cwd, file));
	if (named !== undefined) return named;
	const folders = new Set([workingDir, folderOf(options, options.files)]);
	return [...folders].flatMap((folder) => defaultEnvFile(folder, options));
}

/** `--project-directory`, else the folder of the first file, else the current one. */
function folderOf({ cwd, projectDirectory }: ProjectOptions, files: readonly string[]): string {
	if (projectDirectory !== undefined && projectDirectory !== '') return path.resolve(cwd, projectDirectory);
	const first = files.find((file) => file !== '-');
	return first === undefined ? cwd : path.dirname(path.resolve(cwd, first));
}

function findConfigFiles(
	options: ProjectOptions,
	{ workingDir, variables }: Pick<ComposeSources, 'workingDir' | 'variables'>,
	findings: Findings,
): readonly string[] {
	const named = chooseFiles(options, variables);
	if (named !== undefined) return named.map((file) => (file === '-' ? file : path.resolve(options.cwd, file)));
	const located = locateComposeFiles(workingDir, findings);
	if (located !== undefined) return located;
	throw new LabcError('SOURCE_NOT_FOUND', `no Compose file in \`${workingDir}\` or any folder above it`, {
		hint: 'Write a `compose.yaml`, or name a file with `-f`.',
	});
}

function defaultEnvFile(folder: string, options: ProjectOptions, findings?: Findings): readonly string[] {
	if (isDefaultEnvFileDisabled(options)) return [];
	const file = path.join(folder, '.env');
	findings?.lookFor(file);
	return isRegularFile(file) ? [file] : [];
}

interface EnvFileReading {
	readonly variables: Map<string, string>;
	readonly named: boolean;
	readonly findings: Findings;
}

/** Among env files later ones win; what was set before all of them stays. */
async function addEnvFiles(files: readonly string[], { variables, named, findings }: EnvFileReading): Promise<void> {
	const read = new Map<string, string>();
	for (const file of files) {
		findings.lookFor(file);
		const source = await readSource(file, { named, role: 'env file' });
		readEnv(source, { lookup: (name) => variables.get(name), into: read, findings });
	}
	addMissing(variables, read);
}
