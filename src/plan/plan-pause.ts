import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { isActive } from './stops.ts';

export interface PauseOptions {
	/** Services to pause; none: all. */
	readonly services?: readonly string[];
}

export type PauseVerb = 'pause' | 'unpause';

interface PauseRequest {
	readonly verb: PauseVerb;
	readonly services: ReadonlyMap<string, Service>;
	readonly containers: readonly ObservedContainer[];
}

export interface PausePlan {
	readonly plan: Plan;
	/** Names of what runs of the services and is in that state already: the engine would refuse it. */
	readonly refused: readonly string[];
}

/** Pauses all that runs of the services, or lets what is paused of them go on. */
export function planPause({ verb, services, containers }: PauseRequest, options: PauseOptions): PausePlan {
	const plan = planBuilder();
	const refused: string[] = [];
	for (const { service, name, id, state } of activeOf(services, containers, options)) {
		if ((state === 'paused') === (verb === 'pause')) refused.push(name);
		else plan.add({ type: `container.${verb}`, service, container: { name, id } }, `${verb}d by the user`);
	}
	return { plan: plan.build(), refused };
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
