import type { ProjectOptions } from './project-options.ts';
import type { Variables } from './variables.ts';

/**
 * Who wins: a flag, then `COMPOSE_*` of the process environment, then of `.env`, then the default. `variables` holds
 * the two middle ones already merged.
 */

/** The Compose files that were named; undefined: the default names are looked for. */
export function chooseFiles(options: ProjectOptions, variables: Variables): readonly string[] | undefined {
	if (options.files.length > 0) return options.files;
	const listed = variables.get('COMPOSE_FILE');
	if (listed === undefined || listed === '') return undefined;
	return listed.split(variables.get('COMPOSE_PATH_SEPARATOR') || ':').filter((file) => file !== '');
}

/** The env files that were named; undefined: `.env` of the project folder, where it is not switched off. */
export function chooseEnvFiles(options: ProjectOptions): readonly string[] | undefined {
	if (options.envFiles.length > 0) return options.envFiles;
	const listed = (options.env['COMPOSE_ENV_FILES'] ?? '').split(',').filter((file) => file !== '');
	return listed.length > 0 ? listed : undefined;
}

export const isDefaultEnvFileDisabled = (options: ProjectOptions): boolean =>
	['1', 'true', 'y', 'yes', 'on', 't'].includes((options.env['COMPOSE_DISABLE_ENV_FILE'] ?? '').trim().toLowerCase());

/** A name given from outside the files; undefined: the files or the folder name the project. */
export const chooseProjectName = (options: ProjectOptions, variables: Variables): string | undefined =>
	options.projectName || variables.get('COMPOSE_PROJECT_NAME') || undefined;

export function chooseProfiles(options: ProjectOptions, variables: Variables): readonly string[] {
	if (options.profiles.length > 0) return options.profiles;
	const listed = variables.get('COMPOSE_PROFILES') ?? '';
	return listed
		.split(',')
		.map((profile) => profile.trim())
		.filter((profile) => profile !== '');
}
