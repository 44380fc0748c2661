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

/**
 * Asks again where the connection broke off: for calls that the engine may have carried out already without harm, and
 * that leave a container down if they are not.
 */
export async function onceMore(call: () => Promise<unknown>): Promise<void> {
	try {
		await call();
	} catch (error) {
		if (!hasCode(error, 'ENGINE_UNREACHABLE')) throw error;
		await call();
	}
}

/** The end is what counts, here too: `words` are those with which the engine refuses what is so already. */
export async function ignoreDone(call: Promise<unknown>, words: RegExp): Promise<StepResult> {
	try {
		await call;
	} catch (error) {
		if (!(error instanceof LabcError) || !words.test(error.message)) throw error;
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
