import type { ErrorCode } from './codes.ts';
import type { SourceLocation } from './source-location.ts';

/** One finding about the user's input. Warnings are values too: nothing below the command line prints. */
export interface Diagnostic {
	readonly severity: 'error' | 'warning';
	readonly code: ErrorCode | WarningCode;
	/** What is wrong: lower case, no final dot, user text in backticks. */
	readonly message: string;
	/** Where the text that caused it stands; undefined where no text did (a flag, the environment). */
	readonly at?: SourceLocation | undefined;
	/** The dotted attribute path, for example `services.jupyter.ports.0`. */
	readonly path?: string | undefined;
	/** What the system or the engine said. */
	readonly why?: string | undefined;
	/** The next step, one imperative sentence. */
	readonly hint?: string | undefined;
}

export type WarningCode =
	| 'ATTRIBUTE_OBSOLETE'
	| 'BOOLEAN_WORD'
	| 'PROFILE_UNKNOWN'
	| 'PROJECT_NAMED_BY_LINK'
	| 'SOURCE_AMBIGUOUS'
	| 'VALUE_AMBIGUOUS'
	| 'VARIABLE_UNSET'
	| 'ORPHAN_CONTAINERS'
	| 'RESOURCE_FOREIGN'
	| 'DEPENDENCY_SKIPPED'
	| 'DEVICE_UNKNOWN'
	| 'FILE_OWNER_IGNORED'
	| 'IMAGE_NOT_PUSHED'
	| 'GPU_DROPPED'
	| 'GPU_IN_USE'
	| 'GPU_JOB_RESTS'
	| 'GPU_MIXED'
	| 'GPU_NONE'
	| 'GPU_SHORT'
	| 'GPU_UNASKED'
	| 'GPU_UNTOLD'
	| 'SHM_SMALL';
