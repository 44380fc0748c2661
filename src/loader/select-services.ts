import { unknownService } from '../errors/unknown-service.ts';
import { dependencyClosure, dependencyGraphOf } from '../model/dependency-graph.ts';
import type { Service } from '../model/service.ts';

export interface ServiceSelection {
	readonly enabled: ReadonlyMap<string, Service>;
	/** Profiles keep them out. */
	readonly disabled: ReadonlyMap<string, Service>;
}

/** Sorts services by whether their profiles are active. Naming a service makes its own profiles active. */
export function applyProfiles(
	services: ReadonlyMap<string, Service>,
	profiles: readonly string[],
	named: readonly string[],
): ServiceSelection {
	const active = new Set([...profiles, ...named.flatMap((name) => services.get(name)?.profiles ?? [])]);
	const enabled = new Map<string, Service>();
	const disabled = new Map<string, Service>();
	for (const [name, service] of services) {
		const wanted = service.profiles ?? [];
		const isEnabled = wanted.length === 0 || active.has('*') || wanted.some((profile) => active.has(profile));
		(isEnabled ? enabled : disabled).set(name, service);
	}
	return { enabled, disabled };
}

/** Keeps the named services and all they depend on; no names keep everything. */
export function selectServices(
	services: ReadonlyMap<string, Service>,
	named: readonly string[],
): ReadonlyMap<string, Service> {
	if (named.length === 0) return services;
	const unknown = named.find((name) => !services.has(name));
	if (unknown !== undefined) throw unknownService(unknown, services.keys());
	const kept = dependencyClosure(dependencyGraphOf(services), named);
	return new Map([...services].filter(([name]) => kept.has(name)));
}
