import type { Port } from '../../../model/port.ts';
import type { Service } from '../../../model/service.ts';

interface HostBinding {
	readonly HostIp: string;
	readonly HostPort: string;
}

/** Published ports by container port. A range of host ports goes to the engine as it is: it picks one. */
export function portBindings(ports: readonly Port[]): Readonly<Record<string, readonly HostBinding[]>> {
	const bindings: Record<string, HostBinding[]> = {};
	for (const port of ports) {
		const key = containerPort(port);
		bindings[key] = [...(bindings[key] ?? []), { HostIp: port.host_ip ?? '', HostPort: port.published ?? '' }];
	}
	return bindings;
}

/** Every port the container offers: published ones, and `expose` in its own words. */
export const exposedPorts = ({
	ports = [],
	expose = [],
}: Pick<Service, 'ports' | 'expose'>): Readonly<Record<string, object>> =>
	Object.fromEntries([...expose, ...ports.map(containerPort)].map((port) => [port, {}]));

const containerPort = ({ target, protocol }: Port): string => `${target}/${protocol}`;
