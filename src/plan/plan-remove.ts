import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { isAnonymousVolume } from './anonymous-volume.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { addServiceStops } from './plan-stop.ts';
import { isActive, stopsOf } from './stops.ts';

export interface RemoveOptions {
	/** Services to remove the containers of; none: all. */
	readonly services?: readonly string[];
	/** Stop what still runs first; otherwise that stays. */
	readonly stop?: boolean | undefined;
	/** Remove anonymous volumes too. */
	readonly volumes?: boolean | undefined;
	readonly force?: boolean | undefined;
}

/** Removes the services' containers that do not run, or all of them once they are stopped. One-offs stay. */
export function planRemove(
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	options: RemoveOptions,
): Plan {
	const { services: named = [], stop = false, volumes = false, force = false } = options;
	const plan = planBuilder();
	const stops = stopsOf(plan, { timeoutSeconds: undefined, services });
	if (stop) addServiceStops(services, containers, { services: named, stops });
	for (const container of containers) {
		const { service, name, id, mounts } = container;
		const isMeant = services.has(service) && (named.length === 0 || named.includes(service));
		if (!isMeant || container.oneOff || (isActive(container) && !stop)) continue;
		plan.add({ type: 'container.remove', service, container: { name, id }, force, volumes }, 'removed by the user', {
			after: [stops.of(container)],
			destroysData: volumes && mounts.some(isAnonymousVolume),
		});
	}
	return plan.build();
}
