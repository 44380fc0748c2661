import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Givers } from './gpu-givers.ts';
import type { Grant } from './gpu-grant.ts';
import type { HookLeftovers } from './hook-leftovers.ts';
import type { ContainerReference, HashForm, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import type { GoneContainer, ServiceDecision } from './service-decision.ts';
import type { Stops } from './stops.ts';
import type { UpOptions } from './up-options.ts';

/** What the parts of one `up` plan share. */
export interface UpContext {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	readonly plan: PlanBuilder;
	/** Dependencies first. */
	readonly selected: ReadonlyMap<string, Service>;
	readonly decisions: ReadonlyMap<string, ServiceDecision>;
	/** What of GPUs the containers get that are made, by `grantKey`. */
	readonly grants: ReadonlyMap<string, Grant>;
	readonly givers: Givers;
	readonly stops: Stops;
	readonly hooks: HookLeftovers;
	/** Containers that go before anything else, because their volume does, by id. */
	readonly gone: ReadonlyMap<string, GoneContainer>;
	/** The form of the hashes of what is made. */
	readonly hashForm: HashForm;
	/** Services whose image is still to be built or pulled, with the words for it. */
	readonly pending: ReadonlyMap<string, string>;
	readonly ready: ReadySteps;
	/** Grows service by service. */
	readonly outcomes: Map<string, ServiceOutcome>;
	/** Steps that start a container with a range of host ports, one after the other. */
	readonly rangeStarts: StepId[];
	/** The last step of each service's `pre_start` hooks. */
	readonly preStarts: Map<string, StepId>;
	/** Steps by which containers give up their names, by container id. */
	readonly asides: Map<string, StepId>;
	/** Await steps by what they wait for, so that dependents share them. */
	readonly awaits: Map<string, StepId>;
}

/** The steps that creates wait for, by key of the resource or name of the service. */
interface ReadySteps {
	readonly networks: ReadonlyMap<string, StepId>;
	readonly volumes: ReadonlyMap<string, StepId>;
	readonly images: ReadonlyMap<string, StepId>;
	/** Kept containers that a recreated network gets back, by container id. */
	readonly reconnected: ReadonlyMap<string, readonly StepId[]>;
	/** Removals of containers that go before all else, by name: orphans, and what uses a volume that is recreated. */
	readonly removed: ReadonlyMap<string, StepId>;
}

/** What a service's dependents need to know of it. */
export interface ServiceOutcome {
	readonly containers: readonly ContainerReference[];
	/** Steps after which all of its containers are there and have their names. */
	readonly made: readonly StepId[];
	/** Steps after which all of its containers run. */
	readonly started: readonly StepId[];
	/** Containers that the plan leaves as they are; all of them, where nothing is done. */
	readonly untouched: readonly ObservedContainer[];
}
