import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { LabcError } from '../errors/labc-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { Project } from '../model/project.ts';
import type { Operation } from '../plan/plan.ts';
import { failedAttribute, isBadProgram } from './failed-attribute.ts';
import type { FailedStep, WalkResult } from './walk-steps.ts';

/** What errors are placed in the user's files with. */
export interface Placing {
	readonly project?: Project | undefined;
	readonly locate?: LocateAttribute | undefined;
}

/** The error a run ends with: its single cause itself, one for all where there are several, undefined on success. */
export function errorOfRun({ failed, unfinished }: WalkResult, placing: Placing = {}): Error | undefined {
	const causes = distinctCauses(failed.map((step) => placed(step, placing)));
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

/** What is undone by a step that does no harm where there is nothing to undo. */
const undoneFreely: ReadonlySet<Operation['type']> = new Set([
	'container.stop',
	'container.rename',
	'network.disconnect',
	'network.remove',
]);

/** The connection broke off before the engine could say whether it had done it. */
export const mayHaveRun = ({ step, error }: FailedStep): boolean =>
	error instanceof LabcError && error.code === 'ENGINE_UNREACHABLE' && undoneFreely.has(step.operation.type);

/** The error at the place of the attribute it is about; one that has a place keeps it. */
function placed({ step, error }: FailedStep, { project, locate }: Placing): unknown {
	if (!(error instanceof LabcError) || error.at !== undefined || locate === undefined) return error;
	const at = locate(failedAttribute(step.operation, error, project));
	if (at === undefined) return error;
	const { code, message, cause, diagnostics } = error;
	const hint = error.hint ?? (isBadProgram(message) ? badProgramHint : undefined);
	return new LabcError(code, message, { hint, cause, diagnostics, at });
}

const badProgramHint =
	'Check `command` and `entrypoint` of the service: give the full path of a program that is in its image.';

/** Two steps that failed alike are told once. */
function distinctCauses(errors: readonly unknown[]): readonly Error[] {
	const byText = new Map<string, Error>();
	for (const error of errors.map(toError)) {
		if (!byText.has(error.message)) byText.set(error.message, error);
	}
	return [...byText.values()];
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const diagnosticOf = (error: Error): Diagnostic =>
	error instanceof LabcError
		? {
				severity: 'error',
				code: error.code,
				message: error.message,
				at: error.at,
				why: reasonOf(error),
				hint: error.hint,
			}
		: { severity: 'error', code: 'APPLY_FAILED', message: error.message };
