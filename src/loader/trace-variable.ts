import { Findings } from '../errors/findings.ts';
import { locate, type SourceLocation } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { variablesOf } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { envLineOf } from '../sources/env-line.ts';
import { readSource } from '../sources/read-source.ts';
import { type ComposeSources, envFilesOf } from './compose-sources.ts';
import type { AddedEnvFiles, IncludedVariables } from './load-scope.ts';
import type { LoadedTree } from './load-tree.ts';

/** One place that sets a variable. */
export interface VariableSetting {
	readonly value: string;
	/** `project`: labc sets it itself. */
	readonly from: 'environment' | 'file' | 'project';
	readonly at?: SourceLocation | undefined;
}

export interface TracedVariable {
	readonly name: string;
	/** Undefined: nothing sets it. */
	readonly setting: VariableSetting | undefined;
	/** Settings that lost, the strongest first. */
	readonly shadowed: readonly VariableSetting[];
}

/** Where a variable of the project, or of an included file, gets its value, and what it shadows. */
export async function traceVariable(
	name: string,
	options: ProjectOptions,
	sources: Pick<ComposeSources, 'workingDir' | 'variables'>,
	{ variables, added }: IncludedVariables = { variables: sources.variables, added: [] },
): Promise<TracedVariable> {
	const fromEnvironment = variablesOf(options.env).get(name);
	const settings: VariableSetting[] =
		fromEnvironment === undefined ? [] : [{ value: fromEnvironment, from: 'environment' }];
	const own = { files: envFilesOf(options, sources.workingDir), over: variablesOf(options.env) };
	for (const level of [own, ...added]) settings.push(...(await settingsInFiles(name, level)));
	const value = variables.get(name);
	if (value !== undefined && settings[0]?.value !== value) settings.unshift({ value, from: 'project' });
	const [setting, ...shadowed] = settings;
	return { name, setting, shadowed };
}

/** What included files see as the variable, where that is not what the project's own files see. */
export async function traceIncluded(
	name: string,
	options: ProjectOptions,
	{ sources, included }: LoadedTree,
): Promise<readonly IncludedTrace[]> {
	const own = sources.variables.get(name);
	const traces = [...included].flatMap(([{ path }, times]) =>
		times
			.filter(({ variables }) => variables.get(name) !== own)
			.map(async (sees) => ({ file: path, variable: await traceVariable(name, options, sources, sees) })),
	);
	const told = new Map((await Promise.all(traces)).map((trace) => [JSON.stringify(trace), trace]));
	return [...told.values()];
}

export interface IncludedTrace {
	readonly file: string;
	readonly variable: TracedVariable;
}

/** Files that are named win over each other from the last to the first. */
async function settingsInFiles(name: string, { files, over }: AddedEnvFiles): Promise<readonly VariableSetting[]> {
	const read = new Map<string, string>();
	const settings: VariableSetting[] = [];
	for (const file of files) {
		const source = await readSource(file, { named: true, role: 'env file' });
		const before = new Map(read);
		read.delete(name);
		readEnv(source, { lookup: (variable) => over.get(variable), into: read, findings: new Findings() });
		const value = read.get(name);
		if (value !== undefined) settings.unshift({ value, from: 'file', at: locate(envLineOf(name, source)) });
		else if (before.has(name)) read.set(name, before.get(name) ?? '');
	}
	return settings;
}
