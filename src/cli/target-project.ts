import { unknownService } from '../errors/unknown-service.ts';
import { onlyForContainers } from '../loader/loaded-project.ts';
import type { Project } from '../model/project.ts';
import type { CommandContext } from './command.ts';
import { namedProject } from './named-project.ts';

/** The project a command looks at: only its name where that was given, else what its file says. */
export interface TargetProject {
	readonly name: string;
	readonly project: Project | undefined;
}

export async function targetProject(context: CommandContext): Promise<TargetProject> {
	const name = namedProject(context);
	if (name !== undefined) return { name, project: undefined };
	const { project } = await context.loadProject({ all: true, without: onlyForContainers });
	return { name: project.name, project };
}

/** Throws `SERVICE_UNKNOWN` where the file has no such service; without a file any name may be one. */
export function requireDeclared(service: string, project: Project | undefined): void {
	if (project === undefined || project.services.has(service) || project.disabledServices.has(service)) return;
	throw unknownService(service, [...project.services.keys(), ...project.disabledServices.keys()]);
}
