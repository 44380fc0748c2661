import type { Step, StepId } from '../plan/plan.ts';

export interface Walk {
	readonly steps: readonly Step[];
	/** Carried out where the steps they guard fail; later ones after earlier ones. */
	readonly returns?: readonly Return[];
	/** The lanes a step takes a place in while it runs; it starts when each has room. */
	lanesOf(step: Step): readonly Lane[];
	run(step: Step): Promise<void>;
	/** Told of every step that can't run because `failed`, which it depends on directly or not, did not succeed. */
	onSkip(step: Step, failed: Step): void;
	/** Whether a step ended so because of `signal`: then it is unfinished, not failed. */
	isInterruption(error: unknown): boolean;
	/** Whether a step that failed may have been carried out all the same, and can be undone without harm if it was not. */
	mayHaveRun(failure: FailedStep): boolean;
	/** No new step starts once it has aborted; running ones finish, and what a failure calls for is brought back. */
	readonly signal: AbortSignal;
	/** Ends the walk at once; what still runs counts as unfinished. */
	readonly forceSignal: AbortSignal;
}

/** A rollback of the plan, its steps as ones that run. */
export interface Return {
	readonly guards: readonly StepId[];
	readonly steps: readonly { readonly undoes?: StepId | undefined; readonly step: Step }[];
}

/** A bound on how many steps of one kind run at a time. */
export interface Lane {
	readonly name: string;
	readonly limit: number;
}

export interface WalkResult {
	readonly done: readonly Step[];
	readonly failed: readonly FailedStep[];
	/** What brought things back after a failure. */
	readonly returned: readonly Step[];
	/** Not run because a step they depend on failed. */
	readonly skipped: readonly Step[];
	/** Not run, or not to the end, because the walk was interrupted. */
	readonly unfinished: readonly Step[];
	/** Somebody asked for the end before the walk was over, though its last steps may have come to theirs. */
	readonly interrupted: boolean;
}

export interface FailedStep {
	readonly step: Step;
	readonly error: unknown;
}

/**
 * Runs every step after the steps it depends on, as many at a time as their lanes allow. A failure ends only what
 * depends on it.
 */
export function walkSteps(walk: Walk): Promise<WalkResult> {
	const { promise, resolve } = Promise.withResolvers<WalkResult>();
	const state = newState(walk);
	const end = (): void => resolve(resultOf(state, walk));

	const startReady = (): void => {
		if (!walk.signal.aborted) for (const step of takeStartable(state, walk)) start(step);
		for (const due of takeDueReturns(state)) {
			state.returning = state.returning.then(() => carryOutReturn(due, state, walk)).then(startReady);
		}
		if (state.running.size === 0 && state.openReturns === 0) end();
	};
	const start = (step: Step): void => {
		occupy(state, walk.lanesOf(step), 1);
		state.running.add(step);
		const settle = (record: () => void): void => {
			if (!state.running.delete(step)) return;
			occupy(state, walk.lanesOf(step), -1);
			record();
			startReady();
		};
		attempt(walk, step).then(
			() => settle(() => succeed(state, step)),
			(error: unknown) => settle(() => fail(state, walk, { step, error })),
		);
	};

	const onForce = (): void => {
		state.running.clear();
		end();
	};
	walk.forceSignal.addEventListener('abort', onForce, { once: true });
	if (walk.forceSignal.aborted) end();
	else startReady();
	return promise.finally(() => walk.forceSignal.removeEventListener('abort', onForce));
}

interface WalkState {
	readonly steps: readonly Step[];
	/** How many dependencies each waiting step still lacks. */
	readonly missing: Map<StepId, number>;
	readonly dependents: ReadonlyMap<StepId, readonly Step[]>;
	ready: Step[];
	readonly running: Set<Step>;
	readonly occupied: Map<string, number>;
	readonly done: Step[];
	readonly failed: FailedStep[];
	readonly skipped: Set<Step>;
	/** Returns whose guards have not failed so far. */
	waitingReturns: readonly Return[];
	openReturns: number;
	/** Settles when those that began are over. */
	returning: Promise<void>;
	readonly returned: Step[];
}

function newState({ steps, returns = [] }: Walk): WalkState {
	const dependents = new Map<StepId, Step[]>();
	for (const step of steps) {
		for (const id of new Set(step.dependsOn)) {
			const list = dependents.get(id);
			if (list === undefined) dependents.set(id, [step]);
			else list.push(step);
		}
	}
	return {
		steps,
		missing: new Map(steps.map((step) => [step.id, new Set(step.dependsOn).size])),
		dependents,
		ready: steps.filter((step) => step.dependsOn.length === 0),
		running: new Set(),
		occupied: new Map(),
		done: [],
		failed: [],
		skipped: new Set(),
		waitingReturns: returns,
		openReturns: 0,
		returning: Promise.resolve(),
		returned: [],
	};
}

/** `run` may throw before it returns its promise. */
const attempt = async (walk: Walk, step: Step): Promise<void> => walk.run(step);

/** Takes out of `ready` what has room now. Places are counted here, so that one call does not overfill a lane. */
function takeStartable(state: WalkState, walk: Walk): readonly Step[] {
	const startable: Step[] = [];
	const waiting: Step[] = [];
	const taken = new Map<string, number>();
	for (const step of state.ready) {
		const lanes = walk.lanesOf(step);
		const hasRoom = lanes.every(({ name, limit }) => (state.occupied.get(name) ?? 0) + (taken.get(name) ?? 0) < limit);
		if (!hasRoom) {
			waiting.push(step);
			continue;
		}
		startable.push(step);
		for (const { name } of lanes) taken.set(name, (taken.get(name) ?? 0) + 1);
	}
	state.ready = waiting;
	return startable;
}

function occupy(state: WalkState, lanes: readonly Lane[], places: number): void {
	for (const { name } of lanes) state.occupied.set(name, (state.occupied.get(name) ?? 0) + places);
}

function succeed(state: WalkState, step: Step): void {
	state.done.push(step);
	for (const dependent of state.dependents.get(step.id) ?? []) {
		const missing = (state.missing.get(dependent.id) ?? 0) - 1;
		state.missing.set(dependent.id, missing);
		if (missing === 0 && !state.skipped.has(dependent)) state.ready.push(dependent);
	}
	state.ready.sort((a, b) => a.id - b.id);
}

function fail(state: WalkState, walk: Walk, failure: FailedStep): void {
	if (walk.signal.aborted && walk.isInterruption(failure.error)) return;
	state.failed.push(failure);
	const doomed = [...(state.dependents.get(failure.step.id) ?? [])];
	for (let step = doomed.pop(); step !== undefined; step = doomed.pop()) {
		if (state.skipped.has(step)) continue;
		state.skipped.add(step);
		walk.onSkip(step, failure.step);
		doomed.push(...(state.dependents.get(step.id) ?? []));
	}
}

/** Those that a failure calls for, once nothing of what they undo is at work. */
function takeDueReturns(state: WalkState): readonly Return[] {
	if (state.failed.length === 0 || state.waitingReturns.length === 0) return [];
	const lost = new Set([...state.failed.map(({ step }) => step.id), ...[...state.skipped].map(({ id }) => id)]);
	const running = new Set([...state.running].map(({ id }) => id));
	const isDue = ({ guards, steps }: Return): boolean =>
		guards.some((id) => lost.has(id)) &&
		![...guards, ...steps.flatMap(({ undoes }) => undoes ?? [])].some((id) => running.has(id));
	const due = state.waitingReturns.filter(isDue);
	state.waitingReturns = state.waitingReturns.filter((each) => !due.includes(each));
	state.openReturns += due.length;
	return due;
}

/** One that fails keeps none of the others from being tried: each brings something back. */
async function carryOutReturn({ steps }: Return, state: WalkState, walk: Walk): Promise<void> {
	const unsure = state.failed.filter((failure) => walk.mayHaveRun(failure)).map(({ step }) => step);
	const ran = new Set([...state.done, ...unsure].map(({ id }) => id));
	for (const { undoes, step } of steps) {
		if ((undoes !== undefined && !ran.has(undoes)) || walk.forceSignal.aborted) continue;
		try {
			await walk.run(step);
			state.returned.push(step);
		} catch (error) {
			state.failed.push({ step, error });
		}
	}
	state.openReturns -= 1;
}

function resultOf(state: WalkState, { signal, forceSignal }: Walk): WalkResult {
	const failed = new Set(state.failed.map(({ step }) => step));
	const done = new Set(state.done);
	return {
		done: [...state.done],
		failed: [...state.failed],
		returned: [...state.returned],
		skipped: state.steps.filter((step) => state.skipped.has(step)),
		unfinished: state.steps.filter((step) => !done.has(step) && !failed.has(step) && !state.skipped.has(step)),
		interrupted: signal.aborted || forceSignal.aborted,
	};
}
