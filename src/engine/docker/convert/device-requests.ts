import type { DeviceRequest } from '../../../model/deploy.ts';
import type { Service } from '../../../model/service.ts';
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
	Capabilities: [[...capabilities]],
	...(options !== undefined && { Options: { ...options } }),
});
