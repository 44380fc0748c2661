import type { Emit } from '../events/event.ts';
import { errorOfRun, isInterruption, type Placing } from '../execute/run-failure.ts';
import { describeStep } from '../execute/step-progress.ts';
import type { WalkResult } from '../execute/walk-steps.ts';
import type { Step } from '../plan/plan.ts';

/** How many undone steps a message names; more would hide the error that follows it. */
const namedSteps = 6;

export interface RunEnd extends Placing {
	readonly emit: Emit;
	/** The command to give again after a failure. */
	readonly command: string;
	/** Steps that an earlier part of the same command carried out. */
	readonly changedBefore?: number;
}

/**
 * Tells how a run ended. A run that did not get to its end says what is done, what is not and how to go on with
 * `command`, and throws its error.
 */
export function endRun(result: WalkResult, { emit, command, changedBefore = 0, ...placing }: RunEnd): void {
	const changed = result.done.filter(({ operation }) => operation.type !== 'container.await').length;
	emit({ type: 'run.done', changed: changed + changedBefore, failed: result.failed.length });
	const error = errorOfRun(result, placing);
	if (error === undefined) return;
	const undone = [...result.failed.map(({ step }) => step), ...result.skipped, ...result.unfinished];
	const total = result.done.length + undone.length;
	if (total > 1) {
		emit({
			type: 'warning',
			message: `${result.done.length} of ${total} steps are done; not done: ${nameSteps(undone)}`,
			hint: `Run \`${command}\` again to go on from here${isInterruption(error) ? '' : ', once the cause is mended'}.`,
		});
	}
	throw error;
}

function nameSteps(steps: readonly Step[]): string {
	const texts = new Set([...steps].sort((a, b) => a.id - b.id).map(nameStep));
	const shown = [...texts].slice(0, namedSteps).join(', ');
	return texts.size > namedSteps ? `${shown} and ${texts.size - namedSteps} more` : shown;
}

/** `start container lab-web-1` */
function nameStep(step: Step): string {
	const verb = step.operation.type.split('.')[1] ?? '';
	const { kind, name } = describeStep(step).resource;
	return `${verb === 'await' ? 'wait for' : verb} ${kind.toLowerCase()} ${name}`;
}
