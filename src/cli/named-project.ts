import { LabcError } from '../errors/labc-error.ts';
import { isProjectName, normaliseProjectName } from '../options/project-name.ts';
import type { CommandContext } from './command.ts';

/** The project that `-p` or COMPOSE_PROJECT_NAME names: known without any file. Undefined where the file decides. */
export function namedProject({ globals, env }: Pick<CommandContext, 'globals' | 'env'>): string | undefined {
	const name = globals.projectName || env['COMPOSE_PROJECT_NAME'] || undefined;
	if (name === undefined || isProjectName(name)) return name;
	const usable = normaliseProjectName(name);
	throw new LabcError('PROJECT_NAME_INVALID', `\`${name}\` can't be a project name`, {
		hint: `Use lower-case letters, digits, \`-\` and \`_\`${usable === '' ? '' : `, for example \`${usable}\``}.`,
	});
}
