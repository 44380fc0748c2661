import { dependencyGraphOf, dependencyOrder, reverseDependencies } from '../model/dependency-graph.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan, StepId } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { type Stops, stopsOf } from './stops.ts';

export interface StopOptions {
	/** Services to stop; none: all. */
	readonly services?: readonly string[];
	readonly stopTimeoutSeconds?: number | undefined;
}

/** Stops what runs of the services, dependents before what they depend on. */
export function planStop(
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	{ services: named = [], stopTimeoutSeconds }: StopOptions,
): Plan {
	const plan = planBuilder();
	const stops = stopsOf(plan, { timeoutSeconds: stopTimeoutSeconds, services });
	addServiceStops(services, containers, { services: named, stops });
	return plan.build();
}

/** The stops of a plan that does more than stopping. */
export function addServiceStops(
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	{ services: named, stops }: { readonly services: readonly string[]; readonly stops: Stops },
): void {
	const graph = dependencyGraphOf(services);
	const dependents = reverseDependencies(graph);
	const stopped = new Map<string, readonly StepId[]>();
	for (const name of [...dependencyOrder(graph)].reverse()) {
		const after = (dependents.get(name) ?? []).flatMap((dependent) => stopped.get(dependent) ?? []);
		const isMeant = named.length === 0 || named.includes(name);
		const own = containers.filter(({ service, oneOff }) => isMeant && service === name && !oneOff);
		const steps = own.flatMap((container) => stops.ensure(container, 'stopped by the user', after) ?? []);
		const provider = isMeant ? services.get(name)?.provider : undefined;
		if (provider !== undefined) steps.push(stops.provider(name, provider, after));
		stopped.set(name, steps.length > 0 ? steps : after);
	}
}
