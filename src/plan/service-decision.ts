import type { Project } from '../model/project.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { UpOptions } from './up-options.ts';

/** What becomes of a service's containers. */
export interface ServiceDecision {
	readonly kept: readonly ObservedContainer[];
	readonly recreated: readonly RecreatedContainer[];
	readonly surplus: readonly SurplusContainer[];
	/** Numbers of the containers to make. */
	readonly created: readonly number[];
	/** What is kept and has ended is not started again. */
	readonly rests?: true;
}

export interface RecreatedContainer {
	readonly container: ObservedContainer;
	readonly reasons: readonly string[];
}

export interface SurplusContainer {
	readonly container: ObservedContainer;
	readonly reason: string;
	/** What a broken-off replacement left beside the container that stays. */
	readonly isLeftover: boolean;
	/** The one that stays takes its place: made by a run that broke off, up to date, and never started. */
	readonly replacedBy?: ObservedContainer;
}

/** A container that goes with its volume, and why. */
export interface GoneContainer {
	readonly container: ObservedContainer;
	readonly reasons: readonly string[];
}

export interface DecisionInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	/** Services whose image is still to be built or pulled, with the words for it. */
	readonly pending: ReadonlyMap<string, string>;
	/** Containers that go before anything else, because their volume does. */
	readonly gone: ReadonlyMap<string, GoneContainer>;
	/** What was decided of the service's dependencies: it may share their containers' namespaces. */
	readonly decisions?: ReadonlyMap<string, ServiceDecision>;
}

export const numberOf = ({ number }: ObservedContainer): number => number ?? 0;

/** The engine can't start it any more: only its removal is left. */
export const isBroken = ({ state }: ObservedContainer): boolean => state === 'dead' || state === 'removing';

/** Of the containers that are made, be it anew. */
export const numbersMade = ({ created, recreated }: ServiceDecision): readonly number[] => [
	...created,
	...recreated.map(({ container }) => numberOf(container)),
];
