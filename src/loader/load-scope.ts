import type { Node } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import type { Variables } from '../options/variables.ts';
import type { FileReader } from './file-reader.ts';

/** Env files that an included model adds, later ones winning, and the variables that win over them. */
export interface AddedEnvFiles {
	readonly files: readonly string[];
	readonly over: Variables;
}

/** The variables that an included file sees, and where those come from that the project itself does not set. */
export interface IncludedVariables {
	readonly variables: Variables;
	/** The outermost `include` first: it wins. */
	readonly added: readonly AddedEnvFiles[];
}

/** What one model, the project's own or an included one, is loaded with. */
export interface LoadScope {
	/** Absolute: the folder that relative paths in the model are meant from. */
	readonly workingDir: string;
	readonly variables: Variables;
	/** Whether variables are put in place; otherwise the model stays as it is written. */
	readonly isInterpolated: boolean;
	readonly findings: Findings;
	readonly readFile: FileReader;
	/** Variables that only an included model knows, and that one of its secrets is read from. */
	readonly secretVariables?: Map<string, string>;
	/** What included models see, by their files, each time that one is included. */
	readonly included?: Map<SourceFile, readonly IncludedVariables[]>;
	/** The env files of the model, and of those that include it: the outermost first. None of the project's own. */
	readonly added?: readonly AddedEnvFiles[];
	/** The files whose `include` led here, the project's own first. */
	readonly including: readonly string[];
}

/** The path of the file that a document came from. */
export const fileOf = ({ at }: Node): string => at.source.path;
