import type { Builder, BuildOptions } from '../build/builder.ts';
import type { Engine } from '../engine/engine.ts';
import type { Emit } from '../events/event.ts';
import type { Project } from '../model/project.ts';
import type { ContainerReference, Operation, StepId } from '../plan/plan.ts';
import type { Programs } from '../programs/programs.ts';
import type { ContainerWatch } from './container-watch.ts';
import type { ContentSources } from './file-content.ts';
import type { ProvisionsTold } from './provisions-told.ts';

/** What one operation works with. */
export interface StepRun {
	readonly engine: Engine;
	/** Undefined where the plan was made from labels, without a file. */
	readonly project: Project | undefined;
	readonly builds: BuildSettings | undefined;
	readonly contents: ContentSources;
	readonly projectName: string;
	/** Asked for when a step first needs one. */
	readonly programs: () => Promise<Programs>;
	/** What providers and models tell is kept here for those who plan next. */
	readonly provisions: ProvisionsTold;
	readonly watch: ContainerWatch;
	readonly results: ReadonlyMap<StepId, StepResult>;
	readonly emit: Emit;
	/** Ends what leaves nothing half-made when it stops: waiting, pulling, pushing, building. */
	readonly signal: AbortSignal;
	/** How long `running_or_healthy` may take. */
	readonly waitTimeoutSeconds: number | undefined;
	/** A resource that others still use is kept and said so, instead of failing the step. */
	readonly keepsWhatIsInUse: boolean;
	/** An image that can't be pulled or pushed is told of and passed over, instead of failing the step. */
	readonly ignoresImageFailures: boolean;
	progress(text: string, fraction?: number): void;
}

export type BuildSettings = Omit<BuildOptions, 'signal' | 'onOutput'> & {
	/** Asked for at the first build only. */
	builder(): Promise<Builder>;
};

export interface StepResult {
	/** The container the step made or adopted. */
	readonly containerId?: string;
	/** Why nothing was done although all is well; what depends on the step goes on. */
	readonly skipped?: string;
}

/** One handler per kind of operation: a forgotten one does not compile. */
export type Handlers = { readonly [T in Operation['type']]: Handler<T> };

export type Handler<T extends Operation['type']> = (
	operation: Extract<Operation, { type: T }>,
	run: StepRun,
) => Promise<StepResult>;

/** The id behind a reference, by now known also where an earlier step made the container. */
export function containerIdOf(reference: ContainerReference, results: ReadonlyMap<StepId, StepResult>): string {
	if ('id' in reference) return reference.id;
	const id = results.get(reference.createdBy)?.containerId;
	if (id === undefined) throw new Error(`step ${reference.createdBy} made no container \`${reference.name}\``);
	return id;
}
