import type { DeviceMapping } from '../../../model/device.ts';
import type { Service } from '../../../model/service.ts';

/** `vendor.com/class=name`: a device that a plugin of the engine knows, not a path. */
const pluginName = /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[\w.:-]+$/;

export const isPluginDevice = ({ source, target }: DeviceMapping): boolean =>
	source === target && pluginName.test(source);

/** Devices by path, and the rules for those that appear later. */
export function deviceMappings({
	devices = [],
	device_cgroup_rules,
}: Pick<Service, 'devices' | 'device_cgroup_rules'>) {
	const mapped = devices
		.filter((device) => !isPluginDevice(device))
		.map(({ source, target, permissions }) => ({
			PathOnHost: source,
			PathInContainer: target,
			CgroupPermissions: permissions,
		}));
	return {
		...(mapped.length > 0 && { Devices: mapped }),
		...(device_cgroup_rules !== undefined && { DeviceCgroupRules: [...device_cgroup_rules] }),
	};
}
