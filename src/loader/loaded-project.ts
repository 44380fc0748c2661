import type { Node } from '../document/node.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import type { Project } from '../model/project.ts';

/** What loading gives: the project, the canonical tree it was decoded from (for positions), and warnings. */
export interface LoadedProject {
	readonly project: Project;
	readonly tree: Node;
	readonly warnings: readonly Diagnostic[];
	/** The process environment and what `.env` adds to it. */
	readonly environment: ReadonlyMap<string, string>;
	/** What `environment:` of a secret or config is looked up in: the same, and what only included files know. */
	readonly contents: ReadonlyMap<string, string>;
	/** All files that it was read from, and those that were looked for and are not there. */
	readonly files: readonly string[];
}

export interface LoadRequest {
	/** Services named by the command: their profiles become active and, with their dependencies, only they are kept. */
	readonly services?: readonly string[];
	/** Keep every service of the file, also those whose profile is off, and every resource. */
	readonly all?: boolean;
	/** Stages to leave out. Without any but `onlyForContainers`, a project is good for showing only. */
	readonly without?: readonly LoadStage[];
	/** Told the project's name as soon as it is known, so that the engine can be asked while the rest is read. */
	readonly onName?: (name: string) => void;
	/** Told each file before it is read, also one that is not there: of a load that fails, too. */
	readonly onFile?: (file: string) => void;
}

/** What the reading of the tree takes of it. */
export type TreeRequest = Pick<LoadRequest, 'without' | 'onName' | 'onFile'>;

/**
 * A part of loading that can be left out: values in the place of variables, what is spelled out though nobody wrote
 * it, checks across services, that they don't share a container name, relative paths, `env_file`s, what
 * builds alone need: the platform that the environment gives them, and secrets of services that are built for others.
 */
export type LoadStage =
	| 'interpolation'
	| 'normalisation'
	| 'consistency'
	| 'container-names'
	| 'paths'
	| 'env-files'
	| 'builds';

/** What a command that makes no container of the services does without. */
export const onlyForContainers = ['container-names', 'env-files'] as const satisfies readonly LoadStage[];
