import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Project } from '../model/project.ts';

/** The project a command is about: as its file says, or one of which only the name is known. */
export interface ProjectTarget {
	readonly name: string;
	readonly project: Project | undefined;
	/** Finds the place of an attribute in the project's files, for errors. */
	readonly locate?: LocateAttribute;
}
