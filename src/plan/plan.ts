import type { ContainerSpec, EndpointSpec } from '../engine/container-api.ts';
import type { Labels } from '../engine/labels.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import type { AiModel } from '../model/ai-model.ts';
import type { Hook } from '../model/hook.ts';
import type { Network } from '../model/network.ts';
import type { Provider } from '../model/provider.ts';
import type { DependencyCondition } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';
import type { ProviderVerb } from '../programs/programs.ts';

/** What labc is going to do, in order, and why: a value that is shown, compared and carried out. */
export interface Plan {
	readonly steps: readonly Step[];
	/** What brings things back where steps fail. Later ones may need what earlier ones bring back. */
	readonly rollbacks?: readonly Rollback[];
	readonly warnings: readonly Diagnostic[];
	/** Volumes that stay as they are, since nobody has agreed yet to lose their data. */
	readonly needsConsent?: readonly NeededConsent[];
	/** What else is not as declared, and stays so; only where somebody looked. */
	readonly drift?: readonly Drift[];
}

/** A volume that is not as declared and could only be recreated, with the loss of its data. */
export interface NeededConsent {
	readonly key: string;
	/** The engine's name. */
	readonly name: string;
	readonly reasons: readonly string[];
}

/** A field of a container that is not as it was declared, with words for both. */
export interface Drift {
	readonly service: string;
	readonly container: string;
	readonly field: string;
	readonly observed: string;
	readonly declared: string;
	readonly mendedBy: 'up' | 'up --drift';
}

export interface Step {
	readonly id: StepId;
	readonly operation: Operation;
	/** Ids of earlier steps that must be done first. */
	readonly dependsOn: readonly StepId[];
	readonly reasons: readonly string[];
	readonly destroysData?: true;
}

/**
 * Undoes a chain of steps that broke. Once one of `guards` has failed or was skipped because of a failure, and no step
 * it undoes runs any more, those of `steps` whose `undoes` was done, or may have been, are carried out, one by one. An
 * interrupted run needs none: the next one goes on from where it ended.
 */
export interface Rollback {
	readonly guards: readonly StepId[];
	readonly steps: readonly UndoStep[];
}

export interface UndoStep {
	/** Absent: what an earlier run did, which broke off. */
	readonly undoes?: StepId | undefined;
	readonly operation: Operation;
	readonly reason: string;
}

/** Rises from 1; a dependency's id is smaller than its dependent's. */
export type StepId = number;

/** One engine call each, but for the image steps and the waiting one. */
export type Operation =
	| { readonly type: 'image.pull'; readonly service: string; readonly image: string; readonly platform?: string }
	| { readonly type: 'image.push'; readonly service: string; readonly image: string }
	| { readonly type: 'image.build'; readonly services: readonly string[] }
	| { readonly type: 'network.create'; readonly key: string; readonly network: Network; readonly labels: Labels }
	| { readonly type: 'network.remove'; readonly key: string; readonly name: string; readonly id: string }
	| {
			readonly type: 'network.connect';
			readonly key: string;
			readonly container: ContainerReference;
			readonly endpoint: EndpointSpec;
	  }
	| {
			readonly type: 'network.disconnect';
			readonly key: string;
			readonly id: string;
			readonly container: ContainerReference;
	  }
	| { readonly type: 'volume.create'; readonly key: string; readonly volume: Volume; readonly labels: Labels }
	| { readonly type: 'volume.remove'; readonly key: string; readonly name: string }
	| {
			readonly type: 'container.create';
			readonly service: string;
			readonly spec: ContainerSpec;
			readonly replaces?: string;
			readonly unsettled?: Unsettled;
	  }
	| { readonly type: 'container.start'; readonly service: string; readonly container: ContainerReference }
	| {
			readonly type: 'container.stop';
			readonly service: string;
			readonly container: ContainerReference;
			readonly timeoutSeconds?: number;
	  }
	| {
			readonly type: 'container.restart';
			readonly service: string;
			readonly container: ContainerReference;
			readonly timeoutSeconds?: number;
	  }
	| {
			readonly type: 'container.kill';
			readonly service: string;
			readonly container: ContainerReference;
			/** As the engine reads it: `SIGTERM`, `TERM` or `15`. */
			readonly signal: string;
	  }
	| { readonly type: 'container.pause'; readonly service: string; readonly container: ContainerReference }
	| { readonly type: 'container.unpause'; readonly service: string; readonly container: ContainerReference }
	| {
			readonly type: 'container.rename';
			readonly service: string;
			readonly container: ContainerReference;
			readonly to: string;
	  }
	| {
			readonly type: 'container.remove';
			readonly service: string;
			readonly container: ContainerReference;
			readonly force: boolean;
			readonly volumes: boolean;
	  }
	| {
			readonly type: 'container.await';
			readonly service: string;
			readonly containers: readonly ContainerReference[];
			readonly condition: AwaitCondition;
			readonly required: boolean;
			/** Index of the `pre_start` hook that the container runs. */
			readonly preStart?: number;
			/** One of them fails its health check already: the wait may end badly. */
			readonly unhealthy?: true;
	  }
	| {
			readonly type: 'container.copy';
			readonly service: string;
			readonly container: ContainerReference;
			readonly files: readonly CopiedFile[];
	  }
	| {
			readonly type: 'container.exec';
			readonly service: string;
			readonly container: ContainerReference;
			readonly phase: HookPhase;
			readonly hook: Hook;
	  }
	| {
			readonly type: 'provider.run';
			readonly service: string;
			readonly provider: Provider;
			readonly verb: ProviderVerb;
	  }
	| { readonly type: 'model.prepare'; readonly models: readonly AiModel[] }
	| { readonly type: 'image.remove'; readonly service: string; readonly image: string };

/** A secret or config that is written into a container. Its content is read when the step runs and stands nowhere. */
export interface CopiedFile {
	readonly kind: 'secret' | 'config';
	/** Its key in the file. */
	readonly source: string;
	/** Absolute, in the container. */
	readonly target: string;
	readonly uid?: number;
	readonly gid?: number;
	readonly mode: number;
}

/** After a container has been started, and before it is stopped. */
export type HookPhase = 'post_start' | 'pre_stop';

/**
 * What a definition still lacks: ids of containers that earlier steps make. `settleSpec` puts them in, just before the
 * container is made.
 */
export interface Unsettled {
	/** By the service whose container it is. */
	readonly containers: ReadonlyMap<string, ContainerReference>;
	readonly hashForm: HashForm;
}

/** Whose form of the config hash a project's containers carry: docker compose 2.x's or 5.x's. */
export type HashForm = '2' | '5';

/** A container that is there already, or the one an earlier step makes. */
export type ContainerReference = { readonly name: string } & ({ readonly id: string } | { readonly createdBy: StepId });

/** `running_or_healthy` is what `up --wait` asks for. */
export type AwaitCondition = DependencyCondition | 'running_or_healthy';
