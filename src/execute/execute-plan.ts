import type { Engine } from '../engine/engine.ts';
import type { Emit, StepInfo } from '../events/event.ts';
import type { Project } from '../model/project.ts';
import type { Operation, Plan, Step, StepId, UndoStep } from '../plan/plan.ts';
import type { Programs } from '../programs/programs.ts';
import { type ContainerWatch, watchContainers } from './container-watch.ts';
import type { ContentSources } from './file-content.ts';
import { lanesOf } from './lanes.ts';
import { handlers } from './operations/handlers.ts';
import { noProvisions, type ProvisionsTold } from './provisions-told.ts';
import { isInterruption, mayHaveRun } from './run-failure.ts';
import { describeEach, describeSteps, type StepProgress } from './step-progress.ts';
import type { BuildSettings, Handlers, StepResult, StepRun } from './step-run.ts';
import { type Return, type WalkResult, walkSteps } from './walk-steps.ts';

export interface ExecuteOptions {
	readonly engine: Engine;
	readonly projectName: string;
	/** Undefined where the plan was made from labels, without a file. */
	readonly project?: Project | undefined;
	readonly builds?: BuildSettings | undefined;
	/** What secrets and configs get their contents from. */
	readonly contents: ContentSources;
	/** Providers of services and docker's plugin for models. */
	readonly programs: () => Promise<Programs>;
	/** Where to keep what those tell. */
	readonly provisions?: ProvisionsTold | undefined;
	readonly emit: Emit;
	/** Starts no new step; running ones finish, but for waiting, pulling, pushing and building, which end. */
	readonly signal: AbortSignal;
	/** Returns at once. */
	readonly forceSignal: AbortSignal;
	/** Engine calls at a time; undefined: as many as each kind of call bears. */
	readonly parallel?: number | undefined;
	readonly waitTimeoutSeconds?: number | undefined;
	readonly keepsWhatIsInUse?: boolean | undefined;
	readonly ignoresImageFailures?: boolean | undefined;
	/** Asked before each step that takes something away; the step fails where it throws. */
	readonly beforeRemoval?: (() => Promise<void>) | undefined;
}

/** Carries the plan out as far as it goes and tells what came of it. Failed steps are told, not thrown. */
export async function executePlan(plan: Plan, options: ExecuteOptions): Promise<WalkResult> {
	const returns = returnsOf(plan);
	const undoing = new Set(returns.flatMap(({ steps }) => steps.map(({ step }) => step)));
	const progress = new Map([...describeSteps(plan.steps), ...describeEach([...undoing])]);
	const results = new Map<StepId, StepResult>();
	const watch = watchContainers(options.engine, options.projectName);
	const teller = newTeller(progress, options.emit);
	try {
		return await walkSteps({
			steps: plan.steps,
			returns,
			lanesOf: (step) => lanesOf(step, { parallel: options.parallel, project: options.project }),
			onSkip: teller.skipped,
			isInterruption,
			mayHaveRun,
			signal: options.signal,
			forceSignal: options.forceSignal,
			async run(step) {
				teller.started(step);
				try {
					if (isRemoval(step.operation)) await options.beforeRemoval?.();
					const signal = undoing.has(step) ? options.forceSignal : options.signal;
					const result = await runOperation(step.operation, newRun(step, { options, signal, watch, results, teller }));
					results.set(step.id, result);
					teller.done(step, result);
				} catch (error) {
					if (!options.signal.aborted || !isInterruption(error)) teller.failed(step, error);
					throw error;
				}
			},
		});
	} finally {
		teller.close();
		watch.close();
	}
}

/** Steps that undo are numbered after all others. */
function returnsOf({ steps, rollbacks = [] }: Plan): readonly Return[] {
	let last = steps.at(-1)?.id ?? 0;
	const toStep = ({ undoes, operation, reason }: UndoStep) => {
		last += 1;
		return { undoes, step: { id: last, operation, dependsOn: [], reasons: [reason] } };
	};
	return rollbacks.map((rollback) => ({ guards: rollback.guards, steps: rollback.steps.map(toStep) }));
}

const isRemoval = ({ type }: Operation): boolean => type.endsWith('.remove');

/** The one place where an operation meets its handler: the table's type says that they fit. */
function runOperation<T extends Operation['type']>(
	operation: Extract<Operation, { type: T }>,
	run: StepRun,
): Promise<StepResult> {
	const handler: Handlers[T] = handlers[operation.type as T];
	return handler(operation, run);
}

interface RunParts {
	readonly options: ExecuteOptions;
	/** What undoes goes on after the first interruption. */
	readonly signal: AbortSignal;
	readonly watch: ContainerWatch;
	readonly results: ReadonlyMap<StepId, StepResult>;
	readonly teller: Teller;
}

function newRun(step: Step, { options, signal, watch, results, teller }: RunParts): StepRun {
	return {
		engine: options.engine,
		project: options.project,
		builds: options.builds,
		contents: options.contents,
		projectName: options.projectName,
		programs: options.programs,
		provisions: options.provisions ?? noProvisions(),
		emit: options.emit,
		signal,
		waitTimeoutSeconds: options.waitTimeoutSeconds,
		keepsWhatIsInUse: options.keepsWhatIsInUse ?? false,
		ignoresImageFailures: options.ignoresImageFailures ?? false,
		watch,
		results,
		progress: (text, fraction) => teller.progress(step, text, fraction),
	};
}

interface Teller {
	started(step: Step): void;
	progress(step: Step, text: string, fraction: number | undefined): void;
	done(step: Step, result: StepResult): void;
	failed(step: Step, error: unknown): void;
	skipped(step: Step, failed: Step): void;
	/** What ends after the run has been given up is not told any more. */
	close(): void;
}

/**
 * Tells steps as events. What several steps do to one container begins once and ends once; what was not begun is told
 * once for each resource, and not at all for the one that failed.
 */
function newTeller(progress: ReadonlyMap<StepId, StepProgress>, tell: Emit): Teller {
	let isOpen = true;
	const emit: Emit = (event) => {
		if (isOpen) tell(event);
	};
	const begun = new Set<string>();
	const ended = new Set<string>();
	const lost = new Set<string>();
	const postponed = newPostponed();
	const of = (step: Step): StepProgress => {
		const found = progress.get(step.id);
		if (found === undefined) throw new Error(`step ${step.id} is not of this plan`);
		return found;
	};
	const end = (info: StepInfo, event: Parameters<Emit>[0]): void => {
		if (ended.has(info.id)) return;
		ended.add(info.id);
		emit(event);
		const waiting = postponed.takeAfter(info);
		if (waiting !== undefined && event.type === 'step.done') end(waiting.step, waiting);
	};
	return {
		started(step) {
			const { info } = of(step);
			if (begun.has(info.id)) return;
			begun.add(info.id);
			postponed.begin(info);
			emit({ type: 'step.started', step: info });
		},
		progress(step, text, fraction) {
			emit({ type: 'step.progress', step: of(step).info, text, ...(fraction === undefined ? {} : { fraction }) });
		},
		done(step, { skipped }) {
			const { info, ends } = of(step);
			if (skipped !== undefined) end(info, { type: 'step.skipped', step: info, message: skipped });
			else if (ends) end(info, { type: 'step.done', step: info });
		},
		failed(step, error) {
			const { info } = of(step);
			lost.add(nameOf(info));
			end(info, { type: 'step.failed', step: info, message: messageOf(error) });
		},
		skipped(step, failed) {
			const { info } = of(step);
			const name = of(failed).info.resource.name;
			const resource = nameOf(info);
			if (lost.has(resource) && !begun.has(info.id)) return;
			lost.add(resource);
			const event = { type: 'step.skipped', step: info, message: `${name} failed` } as const;
			if (!postponed.add(event)) end(info, event);
		},
		close() {
			isOpen = false;
		},
	};
}

interface SkippedStep {
	readonly type: 'step.skipped';
	readonly step: StepInfo;
	readonly message: string;
}

/** What is skipped for a resource on which another step is at work is told after that, and only where that went well. */
function newPostponed() {
	const open = new Map<string, StepInfo>();
	const waiting = new Map<string, SkippedStep>();
	return {
		begin: (info: StepInfo) => void open.set(nameOf(info), info),
		/** False where nothing is at work, or only what is skipped itself. */
		add(event: SkippedStep): boolean {
			const name = nameOf(event.step);
			const atWork = open.get(name);
			if (atWork === undefined || atWork.id === event.step.id) return false;
			waiting.set(name, event);
			return true;
		},
		/** What has waited for the end of that. */
		takeAfter(info: StepInfo): SkippedStep | undefined {
			const name = nameOf(info);
			if (open.get(name)?.id === info.id) open.delete(name);
			if (open.has(name)) return undefined;
			const event = waiting.get(name);
			waiting.delete(name);
			return event;
		},
	};
}

const nameOf = ({ resource }: StepInfo): string => `${resource.kind} ${resource.name}`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
