import type { ErrorCode } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { SourceLocation } from './source-location.ts';

export interface LabcErrorOptions {
	readonly hint?: string | undefined;
	readonly at?: SourceLocation | undefined;
	readonly cause?: unknown;
	/** All findings, where one error stands for several. */
	readonly diagnostics?: readonly Diagnostic[];
	/** What was found beside the errors, and may have led to them. */
	readonly warnings?: readonly Diagnostic[];
}

/** A failure the user can act on. Anything else that is thrown is a bug in labc. */
export class LabcError extends Error {
	override readonly name = 'LabcError';
	readonly code: ErrorCode;
	readonly hint: string | undefined;
	readonly at: SourceLocation | undefined;
	readonly diagnostics: readonly Diagnostic[];
	readonly warnings: readonly Diagnostic[];

	constructor(code: ErrorCode, message: string, options: LabcErrorOptions = {}) {
		super(message, { cause: options.cause });
		this.code = code;
		this.hint = options.hint;
		this.at = options.at;
		this.diagnostics = options.diagnostics ?? [];
		this.warnings = options.warnings ?? [];
	}
}

/** One error out of the findings of a load. The first one names the error; all of them are told, after the warnings. */
export function errorFromDiagnostics(diagnostics: readonly Diagnostic[]): LabcError {
	const { error: errors = [], warning: warnings = [] } = Object.groupBy(diagnostics, ({ severity }) => severity);
	const first = errors[0];
	if (first === undefined) throw new Error('errorFromDiagnostics needs at least one error');
	const { at, hint, message } = first;
	return new LabcError(first.code as ErrorCode, message, { at, hint, diagnostics: errors, warnings });
}
