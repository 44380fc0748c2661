import type { Service } from '../model/service.ts';
import type { Variables } from '../options/variables.ts';

/** What images are made, pulled and run for where the file does not say. */
export const defaultPlatform = (variables: Variables): string | undefined =>
	variables.get('DOCKER_DEFAULT_PLATFORM') || undefined;

/** What is built here gets the default platform as one of its own, and with it another hash: so does docker compose. */
export function onDefaultPlatform(service: Service, variables: Variables): Service {
	const platform = defaultPlatform(variables);
	const takesIt = platform !== undefined && service.build !== undefined && service.platform === undefined;
	return takesIt ? { ...service, platform } : service;
}

export const allOnDefaultPlatform = (
	services: ReadonlyMap<string, Service>,
	variables: Variables,
): ReadonlyMap<string, Service> =>
	new Map([...services].map(([name, service]) => [name, onDefaultPlatform(service, variables)]));
