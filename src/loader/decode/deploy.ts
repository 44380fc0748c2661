import { type Decoder, list, map, structure } from './decoder.ts';
import { anyText, byteSize, cpus, duration, filledInteger, integer, text } from './scalars.ts';

const texts = list(anyText);

export const decodeDeviceRequest = structure([
	['capabilities', texts],
	['driver', text],
	['count', filledInteger],
	['device_ids', texts],
	['options', map(anyText)],
]);

const limits = structure([
	['cpus', cpus],
	['memory', byteSize],
	['pids', filledInteger],
	['devices', list(decodeDeviceRequest)],
]);

const attributes = structure([
	['mode', text],
	['replicas', integer],
	['labels', map(anyText)],
	[
		'resources',
		structure([
			['limits', limits],
			['reservations', limits],
		]),
	],
	[
		'restart_policy',
		structure([
			['condition', text],
			['delay', duration],
			['max_attempts', integer],
			['window', duration],
		]),
	],
]);

/** Resources and placement are printed even where nothing is said of them. */
export const decodeDeploy: Decoder = (node, spot) => {
	if (node.kind !== 'mapping') return undefined;
	const { mode, replicas, labels, resources, restart_policy } = attributes(node, spot) as Record<string, unknown>;
	return {
		...(mode === undefined ? {} : { mode }),
		...(replicas === undefined ? {} : { replicas }),
		...(labels === undefined ? {} : { labels }),
		resources: resources ?? {},
		...(restart_policy === undefined ? {} : { restart_policy }),
		placement: {},
	};
};
