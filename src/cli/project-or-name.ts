import { attributeLocator } from '../document/locate-attribute.ts';
import { LabcError } from '../errors/labc-error.ts';
import { type LoadRequest, onlyForContainers } from '../loader/loaded-project.ts';
import type { ProjectTarget } from '../use-cases/project-target.ts';
import type { CommandContext } from './command.ts';
import { namedProject } from './named-project.ts';

/**
 * The project that a command over existing containers is about. `-p` without `-f` means the project of that name
 * wherever one stands, so the file of this folder has no say; a name from the environment stands in where there is no
 * file.
 */
export async function projectOrName(
	context: CommandContext,
	request: Pick<LoadRequest, 'services'>,
): Promise<ProjectTarget> {
	const name = namedProject(context);
	const { globals } = context;
	if (name !== undefined && globals.projectName && globals.files.length === 0) return { name, project: undefined };
	try {
		const { project, tree } = await context.loadProject({ ...request, without: onlyForContainers });
		return { name: project.name, project, locate: attributeLocator(tree) };
	} catch (error) {
		if (name === undefined || !isWithoutFile(error, context)) throw error;
		return { name, project: undefined };
	}
}

/** A file that was named and is not there is a mistake, not a wish to go without. */
const isWithoutFile = (error: unknown, { globals, env }: CommandContext): boolean =>
	error instanceof LabcError &&
	error.code === 'SOURCE_NOT_FOUND' &&
	globals.files.length === 0 &&
	(env['COMPOSE_FILE'] ?? '') === '';
