import { LabcError } from '../errors/labc-error.ts';
import { unknownService } from '../errors/unknown-service.ts';
import { dependencyClosure, dependencyGraphOf, dependencyOrder } from '../model/dependency-graph.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

export interface Selection {
	/** Services the command names; none: all. */
	readonly services?: readonly string[];
	/** Leave the dependencies of the named services alone. */
	readonly noDeps?: boolean;
	/** Services that shall have this many containers; each must be one of the file's that is not left out. */
	readonly scale?: ReadonlyMap<string, number>;
}

/** The services a command is about, dependencies first. Each keeps only the dependencies that are selected too. */
export function selectServices(
	project: Pick<Project, 'services'>,
	{ services = [], noDeps = false, scale }: Selection,
): ReadonlyMap<string, Service> {
	for (const name of [...services, ...(scale?.keys() ?? [])]) requireService(project, name);
	const graph = dependencyGraphOf(project.services);
	const named = services.length === 0 ? project.services.keys() : services;
	const chosen: ReadonlySet<string> = noDeps ? new Set(named) : dependencyClosure(graph, named);
	return new Map(
		dependencyOrder(graph)
			.filter((name) => chosen.has(name))
			.map((name) => [name, withDependencies(requireService(project, name), chosen)]),
	);
}

/** Throws `PROJECT_EMPTY` where no service is left to do anything with, and names the profiles that keep some out. */
export function requireAnyService({ services, disabledServices }: Project): void {
	if (services.size > 0) return;
	const profiles = [...new Set([...disabledServices.values()].flatMap((service) => service.profiles ?? []))].sort();
	throw new LabcError('PROJECT_EMPTY', 'no service selected', {
		hint:
			profiles.length === 0
				? 'Give the project a service under `services`.'
				: `Switch on a profile with \`--profile\`: ${profiles.join(', ')}.`,
	});
}

/** The service, or `SERVICE_UNKNOWN` with the name that was probably meant. */
export function requireService(project: Pick<Project, 'services'>, name: string): Service {
	const service = project.services.get(name);
	if (service !== undefined) return service;
	throw unknownService(name, project.services.keys());
}

function withDependencies(service: Service, chosen: ReadonlySet<string>): Service {
	if (service.depends_on === undefined) return service;
	const kept = Object.entries(service.depends_on).filter(([name]) => chosen.has(name));
	return { ...service, depends_on: Object.fromEntries(kept) };
}

/** The services that labc makes containers for; other programs provide the rest. */
export const withContainers = (
	services: Iterable<readonly [string, Service]>,
): readonly (readonly [string, Service])[] => [...services].filter(([, { provider }]) => provider === undefined);

/** How many containers the service shall have: the command's word, then the file's. */
export function replicasOf(name: string, service: Service, scale: ReadonlyMap<string, number> = new Map()): number {
	if (service.provider !== undefined) return 0;
	const wanted = scale.get(name) ?? service.scale ?? service.deploy?.replicas ?? 1;
	if (wanted > 1 && service.container_name !== undefined) {
		throw new LabcError(
			'VALUE_INVALID',
			`service \`${name}\` can't have ${wanted} containers all named \`${service.container_name}\``,
			{
				hint: 'Remove `container_name` to scale the service.',
			},
		);
	}
	return wanted;
}
