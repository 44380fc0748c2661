import { LabcError } from '../errors/labc-error.ts';
import type { Config } from '../model/config.ts';
import type { Project } from '../model/project.ts';
import type { Secret } from '../model/secret.ts';
import type { Variables } from '../options/variables.ts';
import { registryLoginsKey } from '../plan/api-socket.ts';
import type { CopiedFile } from '../plan/plan.ts';

/** What the contents of secrets and configs are read from when a step needs them. */
export interface ContentSources {
	/** The process environment and what `.env` adds to it. */
	variables(): Variables;
	/** The user's logins for registries, as docker's `config.json` has them. */
	registryLogins(): Promise<string>;
	/** Whether the file of a secret or config is there to be mounted. */
	fileExists(path: string): Promise<boolean>;
	/** Milliseconds since the epoch: the time a file is made. */
	now(): number;
}

type Declarations = Pick<Project, 'secrets' | 'configs'>;

/** The content of a secret or config that the file gives as text or as the name of a variable. */
export async function fileContent(
	{ kind, source }: Pick<CopiedFile, 'kind' | 'source'>,
	project: Declarations | undefined,
	sources: ContentSources,
): Promise<string> {
	if (source === registryLoginsKey) return sources.registryLogins();
	const declared = find({ kind, source }, project);
	if ('content' in declared && declared.content !== undefined) return declared.content;
	const variable = declared.environment;
	const value = variable === undefined ? undefined : sources.variables().get(variable);
	if (value !== undefined) return value;
	throw new LabcError(
		'VARIABLE_REQUIRED',
		`environment variable \`${variable}\` required by ${kind} \`${source}\` is not set`,
		{
			hint: `Set \`${variable}\` in the environment or in the \`.env\` file.`,
		},
	);
}

function find(
	{ kind, source }: Pick<CopiedFile, 'kind' | 'source'>,
	project: Declarations | undefined,
): Secret | Config {
	const declared = kind === 'secret' ? project?.secrets.get(source) : project?.configs.get(source);
	if (declared === undefined)
		throw new Error(`a plan that copies the ${kind} \`${source}\` needs the file that declares it`);
	return declared;
}
