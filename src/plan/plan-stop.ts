import { dependencyGraphOf, dependencyOrder, reverseDependencies } from '../model/dependency-graph.ts';
import type { Project } from '../model/project.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan, StepId } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { stopsOf } from './stops.ts';

export interface StopOptions {
	/** Services to stop; none: all. */
	readonly services?: readonly string[];
	readonly stopTimeoutSeconds?: number | undefined;
}

/** Stops what runs of the services, dependents before what they depend on. */
export function planStop(
	project: Pick<Project, 'services'>,
	containers: readonly ObservedContainer[],
	{ services = [], stopTimeoutSeconds }: StopOptions,
): Plan {
	const plan = planBuilder();
	const stops = stopsOf(plan, stopTimeoutSeconds);
	const graph = dependencyGraphOf(project.services);
	const dependents = reverseDependencies(graph);
	const stopped = new Map<string, readonly StepId[]>();
	for (const name of [...dependencyOrder(graph)].reverse()) {
		const after = (dependents.get(name) ?? []).flatMap((dependent) => stopped.get(dependent) ?? []);
		const isMeant = services.length === 0 || services.includes(name);
		const own = containers.filter(({ service, oneOff }) => isMeant && service === name && !oneOff);
		const steps = own.flatMap((container) => stops.ensure(container, 'stopped by the user', after) ?? []);
		stopped.set(name, steps.length > 0 ? steps : after);
	}
	return plan.build();
}
