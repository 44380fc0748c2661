import path from 'node:path';
import { childOf, type Node } from '../document/node.ts';
import { substitute } from '../document/substitute.ts';
import { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import { chooseProjectName } from '../options/precedence.ts';
import { isProjectName, normaliseProjectName } from '../options/project-name.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import type { Variables } from '../options/variables.ts';
import { isSymbolicLink } from '../sources/locate.ts';
import { readVariables } from './compose-sources.ts';

/** What can be told of a project without reading its files. */
export interface ProjectIdentity {
	/** Undefined: only the files can tell. */
	readonly name: string | undefined;
	/** The process environment and what `.env` adds to it. */
	readonly environment: Variables;
}

/** Resolves the project's name from flags and environment alone, for commands that work on what already runs. */
export async function resolveProjectIdentity(options: ProjectOptions): Promise<ProjectIdentity> {
	const findings = new Findings();
	const { variables } = await readVariables(options, findings);
	findings.throwIfAny();
	return { name: givenProjectName(options, variables), environment: variables };
}

/** The name a flag or the environment gives. It is taken as it is, so it must be right. */
function givenProjectName(options: ProjectOptions, variables: Variables): string | undefined {
	const name = chooseProjectName(options, variables);
	if (name === undefined || isProjectName(name)) return name;
	const example = normaliseProjectName(name);
	const form = 'Use lower-case letters, digits, `-` and `_`, starting with a letter or digit';
	throw new LabcError('PROJECT_NAME_INVALID', `\`${name}\` is not a project name`, {
		hint: example === '' ? `${form}.` : `${form}: \`${example}\` would do.`,
	});
}

interface NamingSources {
	readonly workingDir: string;
	readonly variables: Variables;
	readonly documents: readonly Node[];
	/** Whether variables count in a declared name. */
	readonly isInterpolated: boolean;
	readonly findings: Findings;
}

export interface ProjectName {
	readonly name: string;
	/** The `name` of the files, where the project is called after it: it need not be a name as it is. */
	readonly declared?: string;
}

/** The project's name: given from outside, or the last `name` of the files, or the folder's. */
export function nameProject(options: ProjectOptions, sources: NamingSources): ProjectName {
	const { workingDir, variables, documents, isInterpolated, findings } = sources;
	const given = givenProjectName(options, variables);
	if (given !== undefined) return { name: given };
	const values = isInterpolated ? variables : undefined;
	const declared = documents.map((document) => declaredName(document, values)).findLast((name) => name !== '');
	const name = derivedProjectName(declared, workingDir);
	if (declared) return { name, declared };
	if (isSymbolicLink(workingDir)) warnOfLink(name, workingDir, findings);
	return { name };
}

function warnOfLink(name: string, folder: string, findings: Findings): void {
	findings.warning('PROJECT_NAMED_BY_LINK', `the project is called \`${name}\` after the symbolic link \`${folder}\``, {
		hint: 'Write `name:` in the Compose file, so that every way to the folder leads to the same project.',
	});
}

/** A `name` with a problem in it counts as none here; the load reports the problem at its place. */
function declaredName(document: Node, variables: Variables | undefined): string {
	const name = childOf(document, 'name');
	if (name?.kind !== 'scalar' || typeof name.value !== 'string') return '';
	if (variables === undefined) return name.value;
	const text = substitute(name.value, { lookup: (variable) => variables.get(variable), onUnset: () => undefined });
	return typeof text === 'string' ? text : '';
}

/** The name out of the files' own `name`, else out of the folder's. */
function derivedProjectName(declared: string | undefined, workingDir: string): string {
	const name = normaliseProjectName(declared || path.basename(workingDir));
	if (name !== '') return name;
	throw new LabcError('PROJECT_NAME_INVALID', "the project has no name: nothing usable is left of the folder's", {
		hint: 'Give a name with `-p`, or with `name:` in the Compose file.',
	});
}
