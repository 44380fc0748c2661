import { type Decoder, list, map, structure } from './decoder.ts';
import { anyText, boolean, filledInteger, flag, text } from './scalars.ts';

const pool = structure([
	['subnet', text],
	['gateway', text],
	['ip_range', text],
	['aux_addresses', map(anyText)],
]);

const ipam = structure([
	['driver', text],
	['config', list(pool)],
]);

const network = structure([
	['name', text],
	['driver', text],
	['driver_opts', map(anyText)],
	['ipam', ipam],
	['external', flag],
	['internal', flag],
	['attachable', flag],
	['labels', map(anyText)],
	['enable_ipv4', boolean],
	['enable_ipv6', boolean],
]);

/** A network's `ipam` is printed even where it is empty; it stands after the driver's options. */
export const decodeNetwork: Decoder = (node, spot) => {
	const { name, driver, driver_opts, ipam: addresses = {}, ...rest } = network(node, spot) as Record<string, unknown>;
	return {
		...(name === undefined ? {} : { name }),
		...(driver === undefined ? {} : { driver }),
		...(driver_opts === undefined ? {} : { driver_opts }),
		ipam: addresses,
		...rest,
	};
};

export const decodeVolume = structure([
	['name', text],
	['driver', text],
	['driver_opts', map(anyText)],
	['external', flag],
	['labels', map(anyText)],
]);

export const decodeSecret = structure([
	['name', text],
	['file', text],
	['environment', text],
	['external', flag],
	['labels', map(anyText)],
	['driver', text],
	['driver_opts', map(anyText)],
	['template_driver', text],
]);

export const decodeConfig = structure([
	['name', text],
	['file', text],
	['environment', text],
	['content', text],
	['external', flag],
	['labels', map(anyText)],
	['template_driver', text],
]);

export const decodeModel = structure([
	['name', text],
	['model', text],
	['context_size', filledInteger],
	['runtime_flags', list(anyText)],
]);
