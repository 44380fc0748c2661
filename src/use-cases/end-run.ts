import { LabcError } from '../errors/labc-error.ts';
import type { Emit } from '../events/event.ts';
import { errorOfRun, isInterruption, type Placing } from '../execute/run-failure.ts';
import { describeStep } from '../execute/step-progress.ts';
import type { WalkResult } from '../execute/walk-steps.ts';
import type { Project } from '../model/project.ts';
import type { Operation, Step } from '../plan/plan.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/** How many undone steps a message names; more would hide the error that follows it. */
const namedSteps = 6;

export interface RunEnd extends Placing {
	readonly emit: Emit;
	/** The command to give again after a failure; undefined where it goes on by itself. */
	readonly command: string | undefined;
	/** The project's containers as they were when the run began. */
	readonly before?: readonly ObservedContainer[] | undefined;
	/** Steps that an earlier part of the same command carried out. */
	readonly changedBefore?: number;
	/** A volume stays that is not as declared. */
	readonly keepsOld?: boolean;
}

/**
 * Tells how a run ended. A run that did not get to its end says what is up, what failed, what was skipped for it and
 * how to go on with `command`, and throws its error, which says why.
 */
export function endRun(
	result: WalkResult,
	{ emit, command, before = [], changedBefore = 0, ...placing }: RunEnd,
): void {
	const changed = result.done.filter(({ operation }) => operation.type !== 'container.await').length;
	emit({
		type: 'run.done',
		changed: changed + changedBefore,
		failed: result.failed.length,
		interrupted: result.interrupted,
		...(placing.keepsOld && { keepsOld: true }),
	});
	const error = errorOfRun(result, placing) ?? interruptionOf(result);
	if (error === undefined) return;
	const total = countSteps(result);
	const up = [...stillUp(result, before, placing.project), ...startedContainers(result)];
	if (total > result.done.length && (total > 1 || up.length > 0)) {
		emit({
			type: 'warning',
			message: [`${countDone(result, total)} done`, ...summaryLines(result, up)].join('\n'),
			...(command !== undefined && { hint: hintTo(command, error) }),
		});
	}
	throw error;
}

const hintTo = (command: string, error: Error): string =>
	`Run \`${command}\` again to go on from here${isInterruption(error) ? '' : ', once the cause is mended'}.`;

/** Whoever pressed Ctrl-C is told so, also where the steps that ran were the last. */
const interruptionOf = ({ interrupted }: WalkResult): LabcError | undefined =>
	interrupted ? new LabcError('INTERRUPTED', 'interrupted') : undefined;

const countSteps = ({ done, failed, skipped, unfinished }: WalkResult): number =>
	done.length + failed.length + skipped.length + unfinished.length;

const countDone = ({ done: { length } }: WalkResult, total: number): string =>
	`${length} of ${total} step${total === 1 ? '' : 's'} ${length === 1 || total === 1 ? 'is' : 'are'}`;

function summaryLines(result: WalkResult, up: readonly string[]): readonly string[] {
	const parts: readonly (readonly [string, readonly string[]])[] = [
		['up', up],
		['failed', result.failed.map(({ step }) => nameStep(step))],
		['brought back', startedBy(result.returned)],
		['down', leftDown(result)],
		['skipped because of that', inOrder(result.skipped).map(nameStep)],
		['not done', inOrder(result.unfinished).map(nameStep)],
	];
	return parts.filter(([, names]) => names.length > 0).map(([word, names]) => `${word}: ${listNames(names)}`);
}

/** Containers of the project that ran before, and that this run left alone. */
function stillUp(
	{ done, failed }: WalkResult,
	before: readonly ObservedContainer[],
	project: Project | undefined,
): readonly string[] {
	const touched = [...done, ...failed.map(({ step }) => step)];
	const ended = new Set(touched.flatMap(({ operation }) => (ends.has(operation.type) ? idOf(operation) : [])));
	const lost = lostNames(failed);
	return before
		.filter(({ state, oneOff }) => state === 'running' && !oneOff)
		.filter(({ service }) => project === undefined || project.services.has(service))
		.filter(({ id, name }) => !ended.has(id) && !lost.has(name))
		.map(({ name }) => name)
		.sort(byNumbersToo.compare);
}

const byNumbersToo = new Intl.Collator('en', { numeric: true });

/** What a container does not run after. */
const ends: ReadonlySet<Operation['type']> = new Set([
	'container.stop',
	'container.kill',
	'container.pause',
	'container.remove',
]);

const idOf = (operation: Operation): string | readonly string[] =>
	'container' in operation && 'id' in operation.container ? operation.container.id : [];

/** Containers that this run started and that did not fail after it. */
function startedContainers({ done, failed }: WalkResult): readonly string[] {
	const lost = lostNames(failed);
	return startedBy(done).filter((name) => !lost.has(name));
}

const lostNames = (failed: WalkResult['failed']): ReadonlySet<string> =>
	new Set(failed.flatMap(({ step }) => describeStep(step).resource.name.split(', ')));

/** Containers that this run stopped, and of which neither they nor their replacement runs again. */
function leftDown({ done, returned, failed, skipped, unfinished }: WalkResult): readonly string[] {
	const stopped = new Map(
		done.flatMap((step) => changedBy('container.stop', step) ?? []).map(({ id, name }) => [id, name]),
	);
	for (const step of returned) stopped.delete(changedBy('container.start', step)?.id ?? '');
	const names = new Set(stopped.values());
	const replaced = new Map(
		done.map(({ id, operation }) => [id, operation.type === 'container.create' ? operation.replaces : undefined]),
	);
	const lost = [...failed.map(({ step }) => step), ...skipped, ...unfinished].filter(({ operation }) => {
		if (operation.type !== 'container.start') return false;
		const { container } = operation;
		return (
			names.has(container.name) ||
			stopped.has(('id' in container ? container.id : replaced.get(container.createdBy)) ?? '')
		);
	});
	return startedBy(lost);
}

/** The container that the step, if it is of that type, finds there. */
const changedBy = (type: 'container.start' | 'container.stop', { operation }: Step) =>
	operation.type === type && 'id' in operation.container ? operation.container : undefined;

const startedBy = (steps: readonly Step[]): readonly string[] =>
	inOrder(steps)
		.filter(({ operation }) => begins.has(operation.type))
		.map((step) => describeStep(step).resource.name);

const begins: ReadonlySet<Operation['type']> = new Set(['container.start', 'container.restart', 'container.unpause']);

const inOrder = (steps: readonly Step[]): readonly Step[] => [...steps].sort((a, b) => a.id - b.id);

function listNames(names: readonly string[]): string {
	const texts = [...new Set(names)];
	const shown = texts.slice(0, namedSteps).join(', ');
	return texts.length > namedSteps ? `${shown} and ${texts.length - namedSteps} more` : shown;
}

/** `start container lab-web-1` */
function nameStep(step: Step): string {
	const verb = step.operation.type.split('.')[1] ?? '';
	const { kind, name } = describeStep(step).resource;
	return `${verb === 'await' ? 'wait for' : verb} ${kind.toLowerCase()} ${name}`;
}
