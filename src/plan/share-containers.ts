import type { Service } from '../model/service.ts';

/** Namespaces that a service can share with another one's container. */
const namespaces = ['network_mode', 'ipc', 'pid'] as const;

const servicePrefix = 'service:';
const containerPrefix = 'container:';

export interface SharedService {
	readonly attribute: string;
	/** The service whose container is shared. */
	readonly name: string;
}

/** The services whose containers the service takes a namespace or the volumes of. */
export function sharedServices(service: Service): readonly SharedService[] {
	const shared = namespaces.flatMap((attribute) => {
		const mode = service[attribute];
		return mode?.startsWith(servicePrefix) ? [{ attribute, name: mode.slice(servicePrefix.length) }] : [];
	});
	const sources = (service.volumes_from ?? [])
		.filter((entry) => !entry.startsWith(containerPrefix))
		.map((entry) => ({ attribute: 'volumes_from', name: entry.split(':')[0] ?? '' }));
	return [...shared, ...sources];
}

/**
 * The service as its container is made and hashed: ids stand in the places of services. docker compose 2.40.3 drops the
 * access mode of `volumes_from` on the way, and so does this, because the hash tells. Undefined where an id is missing.
 */
export function settleService(service: Service, idOf: (name: string) => string | undefined): Service | undefined {
	const shared = sharedServices(service);
	if (shared.length === 0 && service.volumes_from === undefined) return service;
	const ids = new Map(shared.map(({ name }) => [name, idOf(name)]));
	if ([...ids.values()].includes(undefined)) return undefined;
	const modes = shared
		.filter(({ attribute }) => attribute !== 'volumes_from')
		.map(({ attribute, name }) => [attribute, `${containerPrefix}${ids.get(name)}`] as const);
	const sources = service.volumes_from?.map((entry) => {
		const [first = '', second = ''] = entry.split(':');
		return first === 'container' ? second : (ids.get(first) ?? '');
	});
	return { ...service, ...Object.fromEntries(modes), ...(sources !== undefined && { volumes_from: sources }) };
}
