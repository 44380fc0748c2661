import type { Diagnostic } from '../errors/diagnostic.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { WalkResult } from './walk-steps.ts';

/** The error a run ends with: its single cause itself, one for all where there are several, undefined on success. */
export function errorOfRun({ failed, unfinished }: WalkResult): Error | undefined {
	const causes = distinctCauses(failed.map(({ error }) => error));
	const [first, ...others] = causes;
	if (first === undefined) {
		return unfinished.length === 0 ? undefined : new LabcError('INTERRUPTED', 'interrupted');
	}
	const bug = causes.find((cause) => !(cause instanceof LabcError));
	if (bug !== undefined) return bug;
	if (others.length === 0) return first;
	return new LabcError('APPLY_FAILED', `${failed.length} steps failed`, {
		cause: first,
		diagnostics: causes.map(diagnosticOf),
	});
}

/** What a step throws when Ctrl-C, not the engine, ended it. */
export const isInterruption = (error: unknown): boolean =>
	error instanceof LabcError ? error.code === 'INTERRUPTED' : error instanceof Error && error.name === 'AbortError';

/** Two steps that failed alike are told once. */
function distinctCauses(errors: readonly unknown[]): readonly Error[] {
	const byText = new Map<string, Error>();
	for (const error of errors.map(toError)) {
		if (!byText.has(error.message)) byText.set(error.message, error);
	}
	return [...byText.values()];
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const diagnosticOf = (error: Error): Diagnostic => ({
	severity: 'error',
	code: error instanceof LabcError ? error.code : 'APPLY_FAILED',
	message: error.message,
	hint: error instanceof LabcError ? error.hint : undefined,
});
