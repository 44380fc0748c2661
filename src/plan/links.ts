import type { ContainerSpec, EndpointSpec } from '../engine/container-api.ts';
import { externalLinks } from '../model/external-links.ts';
import type { Service } from '../model/service.ts';
import type { NamedProject } from '../state/names.ts';

/** docker compose 2.40.3 counts one-offs so; it shows in the names of what they link to. */
export const oneOffNumber = -1;

export interface LinkRequest {
	readonly service: Pick<Service, 'links' | 'external_links'>;
	/** Of the container that gets the links: docker compose puts it in the names of those it links to. */
	readonly number: number;
	/** Names of a service's containers. */
	readonly namesOf: (service: string) => readonly string[];
}

/** The containers that `links` names, each under three names, as `NAME:ALIAS`; then those outside the project. */
export function linksOf({ service, number, namesOf }: LinkRequest, project: NamedProject): readonly string[] {
	const internal = (service.links ?? []).flatMap((link) => {
		const [linked = '', alias = linked] = link.split(':');
		const aliases = [alias, ...numberedAliases(linked, number, project)];
		return namesOf(linked).flatMap((name) => aliases.map((one) => `${name}:${one}`));
	});
	return [...internal, ...(externalLinks(service) ?? [])];
}

const numberedAliases = (
	linked: string,
	number: number,
	{ name, separator = '-' }: NamedProject,
): readonly string[] => [`${linked}${separator}${number}`, [name, linked, number].join(separator)];

export const withLinks = (endpoint: EndpointSpec, links: readonly string[]): EndpointSpec =>
	links.length === 0 ? endpoint : { ...endpoint, links };

/** The definition with its links, which its endpoints carry too. */
export const linked = (spec: ContainerSpec, links: readonly string[]): ContainerSpec =>
	links.length === 0 ? spec : { ...spec, links, networks: spec.networks.map((endpoint) => withLinks(endpoint, links)) };

/** Whether an observed link is one that `links` of the service leads to, whatever the numbers are. */
export function isInternalLink(
	link: string,
	{ service, number }: { readonly service: Pick<Service, 'links'>; readonly number: number },
	project: NamedProject,
): boolean {
	const alias = link.slice(link.indexOf(':') + 1);
	return (service.links ?? []).some((declared) => {
		const [linkedService = '', own = linkedService] = declared.split(':');
		return alias === own || numberedAliases(linkedService, number, project).includes(alias);
	});
}
