import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { isActive } from './stops.ts';

export interface KillOptions {
	/** Services to kill; none: all. */
	readonly services?: readonly string[];
	readonly signal?: string | undefined;
	/** Kill containers too whose service the file does not have. */
	readonly orphans?: boolean;
}

/** Sends a signal to all that runs of the services, one-offs too, at the same time. */
export function planKill(
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
	{ services: named = [], signal = 'SIGKILL', orphans = false }: KillOptions,
): Plan {
	const plan = planBuilder();
	for (const container of containers) {
		const { service, name, id } = container;
		const isMeant = (named.length === 0 || named.includes(service)) && (orphans || services.has(service));
		if (!isMeant || !isActive(container)) continue;
		plan.add({ type: 'container.kill', service, container: { name, id }, signal }, 'killed by the user');
	}
	return plan.build();
}
