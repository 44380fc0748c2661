import { asksForGpus, isGpuName, isGpuPath, isNvidiaRuntime } from '../../../gpu/wish.ts';
import type { Deploy, DeviceRequest } from '../../../model/deploy.ts';
import type { Service } from '../../../model/service.ts';
import type { GpuGrant } from '../../container-api.ts';
import { isPluginDevice } from './devices.ts';

/** GPUs and other devices: reservations as they are, `gpus` entries with the capability they stand for. */
export function deviceRequests({ deploy, gpus, devices = [] }: Pick<Service, 'deploy' | 'gpus' | 'devices'>) {
	const named = devices.filter(isPluginDevice).map(({ source }) => source);
	const reserved = (deploy?.resources.reservations?.devices ?? []).map((request) =>
		engineForm(request, request.capabilities ?? []),
	);
	const asked = (gpus ?? []).map((request) => engineForm(request, [...(request.capabilities ?? []), 'gpu']));
	const all = [...reserved, ...(named.length > 0 ? [{ Driver: 'cdi', DeviceIDs: named }] : []), ...asked];
	return all.length > 0 ? { DeviceRequests: all } : {};
}

const engineForm = ({ driver, count, device_ids, options }: DeviceRequest, capabilities: readonly string[]) => ({
	Driver: driver ?? '',
	Count: count ?? 0,
	...(device_ids !== undefined && { DeviceIDs: [...device_ids] }),
	// Not an empty list: docker compose says nothing, and the engine keeps the difference.
	Capabilities: [capabilities.length === 0 ? null : [...capabilities]],
	...(options !== undefined && { Options: { ...options } }),
});

/**
 * The service with labc's choice in the place of every request of its own for GPUs. Where nothing was chosen it asks
 * for no GPU in any way: its runtime and the nodes of GPUs would fail where there is none.
 */
export function withChosenGpus(service: Service, { requests }: GpuGrant): Service {
	const { gpus, deploy, devices = [], runtime, ...rest } = service;
	const isNone = requests.length === 0;
	const kept = devices.filter(({ source }) => !isGpuName(source) && !(isNone && isGpuPath(source)));
	return {
		...rest,
		...(!(isNone && isNvidiaRuntime(runtime)) && runtime !== undefined && { runtime }),
		devices: kept,
		deploy: withReserved(deploy, requests),
	};
}

function withReserved(deploy: Deploy | undefined, requests: readonly DeviceRequest[]): Deploy {
	const others = (deploy?.resources.reservations?.devices ?? []).filter((request) => !asksForGpus(request));
	return {
		placement: {},
		...deploy,
		resources: {
			...deploy?.resources,
			reservations: { ...deploy?.resources.reservations, devices: [...others, ...requests] },
		},
	};
}
