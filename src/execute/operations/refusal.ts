import type { ErrorCode } from '../../errors/codes.ts';
import { LabcError } from '../../errors/labc-error.ts';
import type { StepResult, StepRun } from '../step-run.ts';

export const hasCode = (error: unknown, code: ErrorCode): error is LabcError =>
	error instanceof LabcError && error.code === code;

/** The end is what counts: what is gone already needs no removing. */
export async function ignoreMissing(call: Promise<unknown>): Promise<StepResult> {
	try {
		await call;
	} catch (error) {
		if (!hasCode(error, 'ENGINE_NOT_FOUND')) throw error;
	}
	return {};
}

/** Removes what nobody else uses. What is in use stays, if the run keeps such things, and is told. */
export async function removeUnused(removal: Promise<unknown>, run: StepRun): Promise<StepResult> {
	try {
		return await ignoreMissing(removal);
	} catch (error) {
		if (!run.keepsWhatIsInUse || !isInUse(error)) throw error;
		return { skipped: 'Resource is still in use' };
	}
}

/** Engines answer 403, 409 or 500 for the same thing; only their words tell. */
export const isInUse = (error: unknown): error is LabcError =>
	error instanceof LabcError &&
	/active endpoints|in use|being used|must be forced|dependent child images/i.test(error.message);
