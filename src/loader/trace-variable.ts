import { Findings } from '../errors/findings.ts';
import { locate, type SourceLocation } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { variablesOf } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { envLineOf } from '../sources/env-line.ts';
import { readSource } from '../sources/read-source.ts';
import { type ComposeSources, envFilesOf } from './compose-sources.ts';

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

/** Where a variable of the project gets its value, and what it shadows. */
export async function traceVariable(
	name: string,
	options: ProjectOptions,
	sources: Pick<ComposeSources, 'workingDir' | 'variables'>,
): Promise<TracedVariable> {
	const fromEnvironment = variablesOf(options.env).get(name);
	const settings: VariableSetting[] =
		fromEnvironment === undefined ? [] : [{ value: fromEnvironment, from: 'environment' }];
	settings.push(...(await settingsInFiles(name, options, sources)));
	const value = sources.variables.get(name);
	if (value !== undefined && settings[0]?.value !== value) settings.unshift({ value, from: 'project' });
	const [setting, ...shadowed] = settings;
	return { name, setting, shadowed };
}

/** Files that are named win over each other from the last to the first. */
async function settingsInFiles(
	name: string,
	options: ProjectOptions,
	{ workingDir }: Pick<ComposeSources, 'workingDir'>,
): Promise<readonly VariableSetting[]> {
	const environment = variablesOf(options.env);
	const read = new Map<string, string>();
	const settings: VariableSetting[] = [];
	for (const file of envFilesOf(options, workingDir)) {
		const source = await readSource(file, { named: true, role: 'env file' });
		const before = new Map(read);
		read.delete(name);
		readEnv(source, { lookup: (variable) => environment.get(variable), into: read, findings: new Findings() });
		const value = read.get(name);
		if (value !== undefined) settings.unshift({ value, from: 'file', at: locate(envLineOf(name, source)) });
		else if (before.has(name)) read.set(name, before.get(name) ?? '');
	}
	return settings;
}
