import type { Service } from '../../../model/service.ts';
import type { Ulimit } from '../../../model/ulimit.ts';
import type { ContainerSpec } from '../../container-api.ts';
import { capabilities } from './capabilities.ts';
import { consoleSize } from './console-size.ts';
import { deviceRequests, withChosenGpus } from './device-requests.ts';
import { deviceMappings } from './devices.ts';
import { mountConfig } from './mounts.ts';
import { bytes } from './numbers.ts';
import { portBindings } from './port-bindings.ts';
import { resourceLimits } from './resource-limits.ts';
import { restartPolicy } from './restart-policy.ts';
import { securityOptions } from './security-options.ts';
import { withoutUndefined } from './without-undefined.ts';

/** What the host gives the container: the `HostConfig` of the create call. */
export function hostConfig(spec: ContainerSpec, apiVersion: string) {
	const { oneOff, gpus } = spec;
	const service = gpus === undefined ? spec.service : withChosenGpus(spec.service, gpus);
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
		...deviceMappings(service),
		...deviceRequests(service),
		...surroundings(service),
		...withoutUndefined({ Links: spec.links }),
		...(spec.shmBytes !== undefined && { ShmSize: spec.shmBytes }),
	};
}

/** Attributes that only change their name on the way to the engine. */
const surroundings = (service: Service) =>
	withoutUndefined({
		Annotations: service.annotations,
		CgroupParent: service.cgroup_parent,
		CgroupnsMode: service.cgroup,
		Dns: service.dns,
		DnsOptions: service.dns_opt,
		DnsSearch: service.dns_search,
		ExtraHosts: (service.extra_hosts ?? []).map((entry) => entry.replace('=', ':')),
		GroupAdd: service.group_add,
		Init: service.init,
		IpcMode: service.ipc,
		Isolation: service.isolation,
		LogConfig: service.logging && { Type: service.logging.driver ?? '', Config: { ...service.logging.options } },
		PidMode: service.pid,
		Privileged: service.privileged,
		ReadonlyRootfs: service.read_only,
		Runtime: service.runtime,
		ShmSize: service.shm_size === undefined ? undefined : bytes(service.shm_size),
		StorageOpt: service.storage_opt,
		Sysctls: service.sysctls,
		Tmpfs: service.tmpfs === undefined ? undefined : tmpfsOptions(service.tmpfs),
		Ulimits: service.ulimits === undefined ? undefined : Object.entries(service.ulimits).map(ulimit),
		UsernsMode: service.userns_mode,
		UTSMode: service.uts,
		VolumesFrom: service.volumes_from,
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
