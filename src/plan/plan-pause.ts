import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { isActive } from './stops.ts';

export interface PauseOptions {
	/** Services to pause; none: all. */
	readonly services?: readonly string[];
}

/** Pauses all that runs of the services. What is paused already is asked for too: the engine's refusal is the answer. */
export const planPause = (
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	options: PauseOptions,
): Plan => planFor(activeOf(services, containers, options), 'container.pause', 'paused by the user');

/** Lets all that runs of the services go on. What is not paused is asked for too: the engine's refusal is the answer. */
export const planUnpause = (
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	options: PauseOptions,
): Plan => planFor(activeOf(services, containers, options), 'container.unpause', 'unpaused by the user');

function planFor(
	containers: readonly ObservedContainer[],
	type: 'container.pause' | 'container.unpause',
	reason: string,
): Plan {
	const plan = planBuilder();
	for (const { service, name, id } of containers) plan.add({ type, service, container: { name, id } }, reason);
	return plan.build();
}

const activeOf = (
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	{ services: named = [] }: PauseOptions,
): readonly ObservedContainer[] =>
	containers.filter(
		(container) =>
			isActive(container) &&
			!container.oneOff &&
			services.has(container.service) &&
			(named.length === 0 || named.includes(container.service)),
	);
