import type { Service, Ulimit } from '../../../model/service.ts';
import type { ContainerSpec } from '../../container-api.ts';
import { capabilities } from './capabilities.ts';
import { consoleSize } from './console-size.ts';
import { deviceRequests } from './device-requests.ts';
import { mountConfig } from './mounts.ts';
import { bytes } from './numbers.ts';
import { portBindings } from './port-bindings.ts';
import { resourceLimits } from './resource-limits.ts';
import { restartPolicy } from './restart-policy.ts';
import { securityOptions } from './security-options.ts';

/** What the host gives the container: the `HostConfig` of the create call. */
export function hostConfig(spec: ContainerSpec, apiVersion: string) {
	const { service, oneOff } = spec;
	return {
		...mountConfig(spec),
		NetworkMode: spec.networkMode ?? spec.networks[0]?.network ?? 'none',
		PortBindings: portBindings(service.ports ?? []),
		RestartPolicy: restartPolicy(service),
		...(oneOff?.autoRemove === true && { AutoRemove: true }),
		...consoleSize(oneOff?.consoleSize, apiVersion),
		...capabilities(service),
		...securityOptions(service.security_opt ?? []),
		...resourceLimits(service),
		...deviceRequests(service),
		...surroundings(service),
	};
}

/** Attributes that only change their name on the way to the engine. */
const surroundings = (service: Service) =>
	withoutUndefined({
		Annotations: service.annotations,
		Dns: service.dns,
		ExtraHosts: (service.extra_hosts ?? []).map((entry) => entry.replace('=', ':')),
		GroupAdd: service.group_add,
		Init: service.init,
		IpcMode: service.ipc,
		PidMode: service.pid,
		Privileged: service.privileged,
		ReadonlyRootfs: service.read_only,
		Runtime: service.runtime,
		ShmSize: service.shm_size === undefined ? undefined : bytes(service.shm_size),
		Sysctls: service.sysctls,
		Tmpfs: service.tmpfs === undefined ? undefined : tmpfsOptions(service.tmpfs),
		Ulimits: service.ulimits === undefined ? undefined : Object.entries(service.ulimits).map(ulimit),
	});

const tmpfsOptions = (entries: readonly string[]): Readonly<Record<string, string>> =>
	Object.fromEntries(
		entries.map((entry) => {
			const colon = entry.indexOf(':');
			return colon === -1 ? [entry, ''] : [entry.slice(0, colon), entry.slice(colon + 1)];
		}),
	);

const ulimit = ([name, limit]: readonly [string, Ulimit]) =>
	typeof limit === 'number'
		? { Name: name, Soft: limit, Hard: limit }
		: { Name: name, Soft: limit.soft ?? 0, Hard: limit.hard ?? 0 };

const withoutUndefined = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
