import type { Node } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import type { Variables } from '../options/variables.ts';
import type { FileReader } from './file-reader.ts';

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
	/** The files whose `include` led here, the project's own first. */
	readonly including: readonly string[];
}

/** The path of the file that a document came from. */
export const fileOf = ({ at }: Node): string => at.source.path;
